/* What a member knows: its view, claims and words (P2, P3, P7). */

/* No claim is open: hold = 0. */
inline claims(m) {
    hold = (entry[m] > 0); i = 1;
    do
    :: i <= P -> hold = hold || (!HAS(view[m], i) && U(m, i) > 0); i++
    :: else -> break
    od
}

/* The words that are known end claims. The claim of the entry falls by `released` of one that stood then, or later. */
inline listen(m) {
    ks[m] = ks[m] & ~UPTO(kr[m]);
    entry[m] = (kr[m] >= stood[m] -> 0 : entry[m]);
#ifdef WITHOUT_ENTRY_CLAIM_STANDS_FIRST
    entry[m] = (HAS(ks[m], stood[m]) -> 0 : entry[m]);
#endif
#ifdef WITHOUT_WORDS_OF_PLACES
    entry[m] = (kr[m] || ks[m] -> 0 : entry[m]);
#endif
    stood[m] = (entry[m] -> stood[m] : 0);
    i = 1;
    do
    :: i <= P ->
#ifdef WITHOUT_WORDS_OF_PLACES
        U(m, i) = (!HAS(view[m], i) && (kr[m] || ks[m]) -> 0 : U(m, i));
#endif
        U(m, i) = (!HAS(view[m], i) && (i <= kr[m] || HAS(ks[m], i)) -> 0 : U(m, i));
        i++
    :: else -> break
    od
}

#ifdef WITHOUT_VALIDITY_OF_PLACE
#define CLAIM(m, q) WAIT(DOF(m))
#else
#define CLAIM(m, q) WAIT(DP(q))
#endif
/* The beat just before the deletion is the one that is known: no later one proved the place. */
#if defined(WITHOUT_MATCH_OF_BEAT)
#define MATCHES(m, q) HAS(knows[m] | stale[m], q)
#elif defined(WITHOUT_KNOWN_BEAT)
#define MATCHES(m, q) (HAS(knows[m], q) || !HAS(beat, q))
#else
#define MATCHES(m, q) HAS(knows[m], q)
#endif
#define LOWEST(m, q) U(m, q)
/* Whatever was seen before and is not any more, and stood ahead of the first that remains, may have led. */
inline vanished(m, before, gap) {
    first(view[m]); q = 1; was = 0;
    do
    :: q <= P ->
        if
        :: HAS(before, q) && !HAS(view[m], q) ->
            hold = (hd == 0 || q < hd) && q != pl[m];
#ifdef WITHOUT_VANISH_CLAIM
            hold = 0;
#endif
#ifdef WITHOUT_CLAIM_AFTER_GAP
            hold = hold && !gap;
#endif
#ifdef WITHOUT_CLAIM_FOR_ALL_AFTER_GAP
            hold = hold && (!gap || !was);
#endif
            was = 1;
            if
            :: hold && !gap && MATCHES(m, q) -> NOTE(m, LOWERED); U(m, q) = LOWEST(m, q)
            :: hold && !(!gap && MATCHES(m, q)) -> U(m, q) = CLAIM(m, q)
            :: else -> U(m, q) = 0
            fi;
            knows[m] = knows[m] & ~BIT(q)
        :: else
        fi;
        q++
    :: else -> break
    od
}

/* The queue and the mark as they are now. */
inline look(m) {
    view[m] = es; lag[m] = 0; kr[m] = mr; ks[m] = ms;
    know[m] = MAX(know[m], md);
    longest(es); know[m] = MAX(know[m], d)
}

/* P3: reads the queue again, after a gap of the watch or for no reason. */
inline reread(m) {
    told = view[m];
    look(m);
    settle2();
    vanished(m, told, true);
    listen(m);
    notice(m)
#ifdef WITHOUT_FIRST_REVISION
    ; deaf[m] = 1
#endif
}
inline settle2() {
    told2 = told; settle(); told = told2
}

/* P3: one revision of the watch. */
inline deliver(m) {
#ifdef WITHOUT_FIRST_REVISION
    deaf[m] = 0;
#endif
    lag[m]--; e = news[lag[m]] / 8 * 8; p = news[lag[m]] % 8;
    was = view[m];
    if
    :: e == PUT ->
        view[m] = view[m] | BIT(p);
        know[m] = MAX(know[m], DP(p));
        ks[m] = ks[m] | owes[p]
    :: e == DEL || e == STOPPED || e == RELEASED || e == LAST ->
        view[m] = view[m] & ~BIT(p)
    :: e == MOVED -> view[m] = view[m] & ~UPTO(p - 1)
    :: e == WIPED -> view[m] = 0
    :: else
    fi;
    ks[m] = (e == STOPPED || e == TOLD -> ks[m] | BIT(p) : ks[m]);
    kr[m] = ((e == RELEASED || e == WORD) && p > kr[m] -> p : kr[m]);
    kr[m] = (e == MOVED && (was & UPTO(p - 1)) -> MAX(kr[m], LASTOF(was & UPTO(p - 1))) : kr[m]);
    told = was;
    settle2();
    vanished(m, told, false);
#ifdef WITNESS
    i = 1;
    do
    :: i <= P ->
        if
        :: e == PUT && !HAS(view[m], i) && HAS(ks[m], i) && U(m, i) > 0 -> NOTE(m, OWED_WORD)
        :: else
        fi; i++
    :: else -> break
    od;
#endif
    listen(m);
    notice(m)
}

#ifdef WITHOUT_CREATE_REVISION
#define KEY_SEEN(m) (owner[1] == m && HAS(view[m], 1) || owner[2] == m && HAS(view[m], 2) || \
    owner[P] == m && HAS(view[m], P))
#else
#define KEY_SEEN(m) false
#endif
/* P9: the own place is gone. */
inline notice(m) {
    if
    :: pl[m] && !HAS(view[m], pl[m]) && !KEY_SEEN(m) -> lose(m)
    :: else
    fi
}

/* The place is lost, whatever the member was doing: the term is over. Its word follows with the next entry. */
inline lose(m) {
    owed[m] = owed[m] | BIT(pl[m]);
    leave(m)
}

/* Claims survive; the view does not. */
inline leave(m) {
    pl[m] = 0; st[m] = QUEUED; valid[m] = 0; lag[m] = 0; kr[m] = 0; ks[m] = 0; knows[m] = 0; stale[m] = 0; i = 1;
    do
    :: i <= P -> U(m, i) = (HAS(view[m], i) -> 0 : U(m, i)); i++
    :: else -> break
    od;
    view[m] = 0;
#ifdef WITHOUT_BEAT_PRESENT
    absent[m] = 0;
#endif
#ifdef WITHOUT_FIRST_REVISION
    deaf[m] = 0;
#endif
#ifdef FLIGHT
    hb[m] = 0; hbleft[m] = 0;
#endif
#ifdef WITHOUT_SURVIVAL_OF_CLAIMS
    forget(m);
#endif
    retired(m);
    settle()
}

inline forget(m) {
    entry[m] = 0; stood[m] = 0; i = 1;
    do
    :: i <= P -> U(m, i) = 0; i++
    :: else -> break
    od
}

/* Who can never enter again is of no interest any more: one state instead of many. */
inline retired(m) {
    if
    :: DONE(m) && pl[m] == 0 && !KEY(m) -> know[m] = 0; forget(m)
    :: else
    fi
}

/* P2, T2: the place and the mark, guarded by the mark's value. */
inline put(m) {
    created++; p = created;
    was = es; clean = (md == 0 && es == 0 && know[m] == 0);
#ifdef WITHOUT_MARK
    clean = (es == 0);
#endif
#ifdef WITHOUT_KNOWN_VALIDITY
    clean = (md == 0 && es == 0);
#endif
    es = es | BIT(p); owner[p] = m; owes[p] = owed[m]; beat = beat | BIT(p);
#ifdef BIG
    large = (m == BIG -> large | BIT(p) : large);
#endif
#if defined(WITHOUT_GROWING_MARK)
    d = DOF(m); k = owed[m]; md = 0; join(d, 0, k);
#elif defined(WITHOUT_GUARD_OF_ENTRY)
    d = MAX(know[m], DOF(m)); k = owed[m]; md = 0; join(d, 0, k);
#else
    d = MAX(know[m], DOF(m)); k = owed[m]; join(d, 0, k);
#endif
    i = 0;
    do
    :: i < M ->
        if
        :: i != m -> retired2(i)
        :: else
        fi; i++
    :: else -> break
    od;
    e = PUT; e = e + p; push(e)
}
inline retired2(m) {
    if
    :: DONE(m) && pl[m] == 0 && !KEY(m) ->
        know[m] = 0; entry[m] = 0; stood[m] = 0; q = 1;
        do
        :: q <= P -> U(m, q) = 0; q++
        :: else -> break
        od
    :: else
    fi
}

#ifdef WITHOUT_LARGEST_VALIDITY
#define ENTRY(m) WAIT(DOF(m))
#else
#define ENTRY(m) WAIT(know[m])
#endif

/* The answer, or what a later request finds: the view and the claim for whoever led before. */
inline entered(m, place, cleanly) {
#ifdef WITNESS
    noted[m] = 0;
#endif
    pl[m] = place; st[m] = QUEUED; valid[m] = 0;
    look(m);
    know[m] = MAX(know[m], DOF(m));
    first(es);
#ifndef WITHOUT_ENTRY_CLAIM
    if
    :: cleanly -> NOTE(m, CLEAN_START)
    :: else -> stood[m] = hd; entry[m] = MAX(entry[m], ENTRY(m))
    fi;
#endif
    listen(m);
    settle()
#ifdef WITHOUT_FIRST_REVISION
    ; deaf[m] = 1
#endif
}
