/* The rules of a member that has a place. */

/* P4: who is first or second, or leads, has to prove its place. */
#define AHEAD(m, p) (HAS(view[m], p) && p < pl[m])
#ifdef HEAD_ONLY
#define NEAR(m) (AHEAD(m, 1) + AHEAD(m, 2) + AHEAD(m, 3) < 1)
#else
#define NEAR(m) (AHEAD(m, 1) + AHEAD(m, 2) + AHEAD(m, 3) < 2)
#endif

#ifdef FLIGHT
#define ANSWERED(m) hb[m] = 2
#else
#define ANSWERED(m) k = VALID(DP(pl[m])); extend(m, k)
#endif

/*
 * P4, T1: the beat, guarded by the create revision. Sending, commit and answer are one step: what is sent earlier or
 * answered later grants less. FLIGHT takes them apart.
 */
inline prove(m) {
#ifdef WITHOUT_GUARD_OF_BEAT
    hold = 1;
#else
    hold = HAS(es, pl[m]);
#endif
    if
    :: hold -> moved(m); ANSWERED(m)
    :: else -> lose(m)
    fi
}

inline moved(m) {
    if
    :: HAS(odd, pl[m]) /* the key names another beat than the one that this member sends */
    :: else -> beat = beat | BIT(pl[m]); q = pl[m]; move(q)
    fi
}

inline extend(m, left) {
    assert(!(st[m] == TERM && valid[m] == 0)); /* P5: a lapsed term is never revived */
    valid[m] = MAX(valid[m], left)
}

inline proven(m) {
#ifdef WITHOUT_SEND_TIME
    k = VALID(DP(pl[m]));
#else
    k = hbleft[m];
#endif
    hb[m] = 0; hbleft[m] = 0;
    extend(m, k)
}

/* P7, P12: an event, a read or a failed guard tells of the beat; the first receipt counts. */
inline hear(m, p) {
#ifdef WITHOUT_RECEIPT_OF_THIS_BEAT
    U(m, p) = (HAS(stale[m], p) -> U(m, p) : WAIT(DP(p)));
#else
    U(m, p) = WAIT(DP(p));
#endif
#ifdef WITHOUT_BEAT_PRESENT
    absent[m] = absent[m] & ~BIT(p);
#endif
    knows[m] = knows[m] | BIT(p); stale[m] = stale[m] & ~BIT(p)
}

#ifdef WITNESS
#define SEEN_TERM(m) \
    noted[m] = (last && kr[m] >= last && !HAS(noted[m], TAKE_OVER) -> noted[m] | BIT(HAND_OVER) : noted[m]); \
    SEEN_IF(m, CLEAN_START); SEEN_IF(m, HAND_OVER); SEEN_IF(m, TAKE_OVER); SEEN_IF(m, ENTRY_CLAIM); \
    SEEN_IF(m, VANISH_CLAIM); SEEN_IF(m, LOWERED); SEEN_IF(m, OWED_WORD)
#else
#define SEEN_TERM(m) skip
#endif
/* P5: the first place is ours, proven, not ended, and no claim is open. S2: no token twice, no earlier key. */
inline lead(m) {
#ifdef WITHOUT_WORD_WITH_DELETION
    q = view[m] & ~UPTO(kr[m]); first(q);
#else
    first(view[m]);
#endif
    claims(m);
#ifndef WITHOUT_LOOK_AT_WORDS
    hold = hold || pl[m] <= kr[m] || HAS(ks[m], pl[m]);
#endif
    if
#ifdef WITHOUT_CREATE_REVISION
    :: !hold && hd != 0 && owner[hd] == m ->
#else
    :: !hold && hd == pl[m] ->
#endif
        st[m] = TERM; led = led | BIT(pl[m]);
        SEEN_TERM(m);
#ifndef ONLY_S1
        assert(pl[m] > last); /* S2 */
        last = pl[m];
        q = 1;
        do /* S2: nothing that is guarded by an earlier place can be written any more */
        :: q < pl[m] -> assert(!HAS(es, q)); q++
        :: else -> break
        od
#endif
    :: else
    fi
}

/* P8, T3: the end of the term, the word and the deletion. Known: so is the outcome. */
inline release(m, known) {
    first(view[m]); claims(m);
    e = DEL;
#ifdef WITHOUT_RIGHT_TO_RELEASE
    e = RELEASED;
#elif defined(WITHOUT_CLAIMS_BEFORE_RELEASE)
    e = (st[m] != QUEUED || hd == pl[m] -> RELEASED : DEL);
#else
    e = (st[m] != QUEUED || (hd == pl[m] && !hold) -> RELEASED : (hd == pl[m] -> STOPPED : DEL));
#endif
    q = pl[m]; retire(e, q, m);
    ended(m, known)
}

/*
 * P8, T3 of a transfer: the places ahead of the chosen one are deleted too, each guarded, and the word is of the last of
 * them. Whoever has lost one enters again.
 */
inline transfer(m, c, known) {
    first(view[m]); claims(m);
    was = c > pl[m] && HAS(es & view[m], c) && (view[m] & UPTO(c - 1)) == (es & UPTO(c - 1)) &&
        (st[m] != QUEUED || (hd == pl[m] && !hold));
#ifdef WITHOUT_CLAIMS_BEFORE_TRANSFER
    was = c > pl[m] && HAS(es & view[m], c) && (view[m] & UPTO(c - 1)) == (es & UPTO(c - 1)) && hd == pl[m];
#endif
    if
    :: was ->
        SEEN(TRANSFER);
        d = (md == 0 -> know[m] : 0); e = LASTOF(es & UPTO(c - 1));
        SAY(m, e, 0);
        gone_ahead(c);
        ended(m, known)
    :: else
    fi
}

/* What was known of validities is in the mark, if that is known to be written; else the word is owed. */
inline ended(m, known) {
    if
    :: known -> know[m] = 0
    :: else -> owed[m] = owed[m] | BIT(pl[m])
    fi;
#ifdef WITHOUT_STOP_BEFORE_WORD
    if
    :: st[m] == TERM -> st[m] = ENDED
    :: else -> leave(m)
    fi
#else
    leave(m)
#endif
}

/* P8, T4: nobody else is left, and the mark is the one that the view shows. */
inline last_one(m, known) {
    first(view[m]); claims(m);
    was = (view[m] == BIT(pl[m]) && (st[m] == TERM || hd == pl[m]) && !hold && md && lag[m] < BROKEN);
#ifdef WITHOUT_CLAIMS_BEFORE_LAST
    was = (view[m] == BIT(pl[m]) && md && lag[m] < BROKEN);
#endif
#ifdef WITHOUT_ALONE
    was = ((st[m] == TERM || hd == pl[m]) && !hold && md && lag[m] < BROKEN);
#endif
#ifndef WITHOUT_GUARD_OF_LAST
    i = 0;
    do
    :: i < lag[m] && i < L -> was = was && (news[i] / 8 * 8 == DEL); i++
    :: else -> break
    od;
#endif
    if
    :: was -> SEEN(MARK_REMOVED); q = pl[m]; e = LAST; retire(e, q, m); ended(m, known)
    :: else
    fi
}

#ifdef WITHOUT_GUARD_BY_BEAT
#define TAKEN(m) (knows[m] | stale[m])
#elif defined(WITHOUT_BEAT_PRESENT)
#define TAKEN(m) (knows[m] | (absent[m] & ~beat))
#else
#define TAKEN(m) (knows[m])
#endif
#ifdef WITHOUT_WAIT_BEFORE_TAKE_OVER
#define TAKE ((D + DRIFT) / 2)
#else
#define TAKE 0
#endif
/* P12, T3: the head's key and its beat are unchanged since its last proof has run out. */
inline take_over(m) {
    first(view[m]); claims(m);
#ifdef WITHOUT_CLAIMS_BEFORE_TAKE_OVER
    hold = 0;
#endif
    was = !hold && hd && hd != pl[m] && HAS(es, hd) && HAS(TAKEN(m), hd) && U(m, hd) <= TAKE;
    if
    :: was -> NOTE(m, TAKE_OVER); d = (md == 0 -> know[m] : 0); e = hd; join(d, e, 0); k = RELEASED; gone(k, e)
    :: else
    fi
}

/* T5: the mark is gone, or smaller than a validity that is known. */
inline heal(m) {
    longest(view[m]);
    SEEN(HEALED);
    d = MAX(know[m], d); q = kr[m]; k = ks[m];
    join(d, q, k);
    e = WRITTEN; push(e)
}

/* A crash; what the process knew is gone. Its key stays until somebody deletes it. */
inline crash(m) {
    i = 1;
    do
    :: i <= P -> owner[i] = (OWNS(m, i) -> DEAD : owner[i]); i++
    :: else -> break
    od;
    leave(m); forget(m);
    owed[m] = 0; know[m] = 0; late[m] = 0
}
