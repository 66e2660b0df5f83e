/* The rules of a member that has a place. */

/* P4: the head and the next in line send heartbeats. */
#define BEHIND(m, p) (V(m, p) != 0 && V(m, p) != RELEASED && p < pl[m])
#ifdef WITHOUT_CREATE_REVISION
#define ISNEAR(m) true
#elif defined(HEAD_ONLY)
#define ISNEAR(m) (st[m] == TERM || \
    (V(m, pl[m]) != 0 && BEHIND(m, 1) + BEHIND(m, 2) + BEHIND(m, P - 1) == 0))
#elif P > 3
#define ISNEAR(m) (st[m] == TERM || \
    (V(m, pl[m]) != 0 && BEHIND(m, 1) + BEHIND(m, 2) + BEHIND(m, 3) < 2))
#else
#define ISNEAR(m) (st[m] == TERM || (V(m, pl[m]) != 0 && BEHIND(m, 1) + BEHIND(m, 2) < 2))
#endif

/*
 * P4: a heartbeat reaches etcd, guarded by the create revision and by the mod revision, which a release moves. That
 * its answer arrives at once loses nothing: validity counts from the sending, so a later answer grants no more.
 */
inline commit(m) {
#ifdef WITHOUT_MOD_GUARD
    hold = es[pl[m]] != 0;
#else
    hold = es[pl[m]] != 0 && es[pl[m]] != RELEASED;
#endif
    if
    :: hold ->
        k = (hb[m] == SENT || hb[m] == LATE -> WAITING : LEADING);
        es[pl[m]] = k;
        tell(pl[m], k)
    :: else
    fi;
#ifdef WITHOUT_CREATE_GUARD
    hold = 1;
#endif
    if
    :: hb[m] >= LATE -> hb[m] = NONE
    :: hb[m] < LATE && hold && AWAKE(m) -> ANSWERED(m)
    :: hb[m] < LATE && hold && LAPSED(m) -> hb[m] = NONE; hbleft[m] = 0 /* P9: the clock first */
    :: else -> keylost(m)
    fi
}

inline proven(m) {
    assert(!(st[m] == TERM && valid[m] == 0)); /* P5: a lapsed term is never revived */
#ifdef WITHOUT_SEND_TIME
    valid[m] = DH;
#else
    valid[m] = hbleft[m];
#endif
    hbleft[m] = 0; hb[m] = NONE
}

/* P5: the head is our key in our create revision, proven, and the horizon has passed. S2: none stands before it. */
inline lead(m) {
    viewhead(m); horizon(m);
#ifndef WITHOUT_DELETION
    q = 1;
    do
    :: q < hd -> hold = hold || V(m, q) != 0; q++
    :: else -> break
    od;
#endif
    if
#ifdef WITHOUT_CREATE_REVISION
    :: !hold && hd != 0 && owner[hd] == m ->
#else
    :: !hold && hd == pl[m] ->
#endif
        st[m] = TERM;
#ifdef WITNESS_HANDOVER
        assert(leader == M || leader == m);
        leader = m;
#endif
#ifndef ONLY_S1
        assert(pl[m] > last); /* S2 */
        last = pl[m];
        q = 1;
        do /* S2: nothing that is guarded by an earlier place can be written any more */
        :: q < pl[m] -> assert(es[q] == 0); q++
        :: else -> break
        od
#endif
    :: else
    fi
}

/* P8: only who led, or heads the queue with its horizon passed, says `released`. */
inline stepdown(m, late) {
    viewhead(m); horizon(m);
    if
#ifndef WITHOUT_RIGHT_TO_RELEASE
    :: st[m] == TERM || (hd == pl[m] && !hold) ->
#else
    :: true ->
#endif
        unsend(m, late);
        st[m] = (st[m] == TERM -> ENDED : LEAVING);
#ifdef WITHOUT_SECOND_LOOK
        valid[m] = (st[m] == ENDED -> valid[m] : 0);
#else
        valid[m] = 0;
#endif
        es[pl[m]] = RELEASED; tell(pl[m], RELEASED)
    :: else
    fi
}

inline delete(m) {
    e = pl[m];
    if
    :: es[e] != 0 ->
        hold = es[e] == RELEASED;
        gone(e);
        mr[m] = (open[m] && !DONE(m) -> e : 0);
        leave(m, hold)
    :: else -> keylost(m)
    fi
}

/* The key is deleted, by whomever. */
inline gone(p) {
    es[p] = 0; tell(p, 0)
}

/* P7: the view has reached the own deletion, is empty, no claim holds; and nobody has entered since. */
inline remove_mark(m) {
    horizon(m); q = 1; was = 0;
    do
    :: q <= P ->
        was = was || es[q] != 0;
#ifndef WITHOUT_VIEW_OF_DELETION
        hold = hold || V(m, q) != 0;
#endif
        q++
    :: else -> break
    od;
    if
    :: !hold && !was -> mark = 0; mr[m] = 0
    :: else
    fi
}

inline crash(m) {
    lose_watch(m);
    ever[m] = 0; ent[m] = 0; clean[m] = 0; mask[m] = 0; rcl[m] = 0; fresh[m] = 0;
    pl[m] = 0; st[m] = QUEUED; seen[m] = 0; valid[m] = 0; hb[m] = NONE; hbleft[m] = 0;
    q = 1;
    do
    :: q <= P ->
        owner[q] = (es[q] != 0 || q <= created -> (owner[q] == m -> DEAD : owner[q]) : 0);
        V(m, q) = 0; U(m, q) = 0; q++
    :: else -> break
    od;
    faults++
}

#define DEC(x) x = (x > 0 -> x - 1 : 0)

/* Is there a timer that runs? */
#define TIMERS (created > 0)

inline tick() {
    i = 0;
    do
    :: i < M ->
        DEC(valid[i]); DEC(hbleft[i]); DEC(rcl[i]);
        hb[i] = (hbleft[i] == 0 && hb[i] < LATE -> NONE : hb[i]); /* too late to prove anything */
        q = 1;
        do
        :: q <= P -> DEC(U(i, q)); q++
        :: else -> break
        od;
        i++
    :: else -> break
    od
}
