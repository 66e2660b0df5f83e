/* The rules, one inline for each step. All run inside a d_step. */

/* One revision, told to every open watch. Equal puts in a row are told once: the later receipt counts for both. */
inline tell(p, kind) {
    i = 0;
    do
    :: i < M ->
        fresh[i] = fresh[i] & ~BIT(p);
        if
        :: clean[i] == 1 && ent[i] != p -> clean[i] = 2
        :: else
        fi;
        if
        :: !open[i] || (OWNS(i, p) && (kind == WAITING || kind == LEADING))
        :: else ->
            if
            :: n[i] > 0 && Q(i, n[i] - 1) == p * 4 + kind
            :: else ->
                if
                :: n[i] == L -> lose_watch(i)
                :: else -> Q(i, n[i]) = p * 4 + kind; n[i]++
                fi
            fi
        fi;
        i++
    :: else -> break
    od
}

inline lose_watch(m) {
    open[m] = 0; mr[m] = 0;
    do
    :: n[m] > 0 -> n[m]--; Q(m, n[m]) = 0
    :: else -> break
    od
}

/* hd = the head in the view, 0 for none. */
inline viewhead(m) {
    hd = 1;
    do
    :: hd <= P && (V(m, hd) == 0 || V(m, hd) == RELEASED) -> hd++
    :: else -> break
    od;
    hd = (hd > P -> 0 : hd)
}

/* hold = a claim holds. */
inline horizon(m) {
    hold = (rcl[m] > 0);
    q = 1;
    do
    :: q <= P -> hold = hold || (V(m, q) == 0 && U(m, q) > 0); q++
    :: else -> break
    od
}

/* P7: every leader before this place has stopped. */
inline fallbefore(m, p) {
    q = 1;
    do
    :: q < p -> U(m, q) = (V(m, q) == 0 -> 0 : U(m, q)); q++
    :: else -> break
    od
}

inline learn(m, p, state) {
    q = 1;
    do
    :: q <= P -> U(m, q) = ((stp[p] & BIT(q)) && V(m, q) == 0 -> 0 : U(m, q)); q++
    :: else -> break
    od;
    if
    :: state >= LEADING -> fallbefore(m, p)
    :: else
    fi
}

/* A put is known: wait(D) counts from its receipt, which is of interest only for somebody else's unreleased place. */
inline received(m, p) {
    if
    :: OWNS(m, p) || V(m, p) == RELEASED || (DONE(m) && p > pl[m] && p > ent[m]) ->
        U(m, p) = 0; fresh[m] = fresh[m] & ~BIT(p)
    :: else -> U(m, p) = W
    fi
}

/* P3, P7: reads the whole queue and the mark; opens a watch from the next revision. */
inline range(m) {
    if
    :: m == born && !ever[m] -> born++
    :: else
    fi;
    viewhead(m); pv = hd; was = 0; k = 1;
    do
    :: k <= P ->
        if
        :: es[k] == 0 && V(m, k) != 0 -> V(m, k) = 0; U(m, k) = 0
        :: es[k] == 0 && V(m, k) == 0
        :: es[k] != 0 && V(m, k) != 0 && (fresh[m] & BIT(k)) -> was = 1
        :: else -> V(m, k) = SEEN(es[k]); fresh[m] = fresh[m] | BIT(k); received(m, k); was = 1
        fi;
        fresh[m] = (V(m, k) == 0 -> (fresh[m] & ~BIT(k)) : fresh[m]);
        k++
    :: else -> break
    od;
    viewhead(m); k = 1;
    if
    :: !was && !mark -> rcl[m] = 0; fallbefore(m, P1)
#ifndef WITHOUT_RANGE_CLAIM
    :: (was || mark) && (!ever[m] || hd == 0 || hd != pv) -> rcl[m] = W
#endif
    :: else
    fi;
    do
    :: k <= P && V(m, k) != 0 -> learn(m, k, es[k]);
#ifdef WITHOUT_DOUBT_OF_RELEASED
        rcl[m] = (V(m, k) == RELEASED -> 0 : rcl[m]);
#endif
        k++
    :: k <= P && V(m, k) == 0 -> k++
    :: k > P -> break
    od;
    if
    :: hd != 0 && (es[hd] == LEADING || (hd == pl[m] && (st[m] == TERM || st[m] == ENDED))) -> rcl[m] = 0
    :: else
    fi;
    ever[m] = 1; open[m] = 1;
    seen[m] = (pl[m] != 0 || ent[m] != 0);
    clean[m] = (clean[m] == 2 -> 3 : clean[m])
}

/* P3, P7: one event of the watch. */
inline deliver(m, lost) {
    e = Q(m, 0) / 4; k = Q(m, 0) % 4;
    n[m]--; i = 0; was = 0;
    do
    :: i < n[m] -> Q(m, i) = Q(m, i + 1); was = was || (Q(m, i) / 4 == e); i++
    :: else -> break
    od;
    Q(m, n[m]) = 0;
    if
    :: !lost -> take(m)
    :: else
    fi
}

inline take(m) {
    clean[m] = (clean[m] == 2 && seen[m] -> 3 : clean[m]);
    pv = V(m, e); viewhead(m); V(m, e) = SEEN(k);
    if
    :: k == 0 ->
        fresh[m] = fresh[m] & ~BIT(e);
#ifndef WITHOUT_VANISH_CLAIM
        if
        :: hd == e && !OWNS(m, e)
        :: else -> U(m, e) = (pv != 0 -> 0 : U(m, e))
        fi
#else
        U(m, e) = 0
#endif
    :: else ->
        fresh[m] = (was -> fresh[m] : fresh[m] | BIT(e));
        received(m, e);
        learn(m, e, k);
        rcl[m] = (k == LEADING || (k == RELEASED && pv != 0 && pv != RELEASED) -> 0 : rcl[m]);
        seen[m] = seen[m] || e == pl[m] || e == ent[m]
    fi
}

/* P9: the own key is gone, as soon as the view has reached its creation. */
inline advance(m) {
    if
    :: pl[m] != 0 && seen[m] && (V(m, pl[m]) == 0 || (V(m, pl[m]) == RELEASED && st[m] <= TERM)) -> keylost(m)
    :: else
    fi
}

/* Sends no more; what is under way may still come late (a fault that is counted), or is lost. */
inline unsend(m, late) {
    if
    :: late -> faults++; hb[m] = (hb[m] == SENT -> LATE : LATE_LEADING)
    :: else -> hb[m] = (hb[m] >= LATE -> hb[m] : NONE)
    fi;
    hbleft[m] = 0
}

/* The place is known to be gone; a term that ended without a release is told of when this member enters again. */
inline leave(m, told) {
    mask[m] = ((st[m] == TERM || st[m] == ENDED) && !told -> (mask[m] | BIT(pl[m])) : mask[m]);
#ifdef WITHOUT_STOP_BEFORE_STOPPED
    zt[m] = (st[m] == TERM);
    valid[m] = (zt[m] -> valid[m] : 0);
#else
    valid[m] = 0;
#endif
    pl[m] = 0; st[m] = QUEUED; seen[m] = 0; hb[m] = NONE; hbleft[m] = 0;
    retire(m)
}

/* Who can never enter again is of no interest any more: one state instead of many. */
inline retire(m) {
    if
    :: DONE(m) && pl[m] == 0 && ent[m] == 0 ->
        lose_watch(m); mask[m] = 0; rcl[m] = 0; fresh[m] = 0; ever[m] = 0; clean[m] = 0; q = 1;
        do
        :: q <= P -> V(m, q) = 0; U(m, q) = 0; q++
        :: else -> break
        od
    :: else
    fi
}

inline keylost(m) {
    leave(m, false)
}

/* P2: writes the place and the mark. */
inline enter(m) {
    hold = (mark == 0); q = 1;
#ifdef WITHOUT_MARK
    hold = 1;
#endif
    do
    :: q <= P -> hold = hold && es[q] == 0; q++
    :: else -> break
    od;
    created++; es[created] = WAITING; owner[created] = m; stp[created] = mask[m];
    ent[m] = created; clean[m] = hold; seen[m] = 0; mark = 1; mr[m] = 0;
    tell(created, WAITING); i = 0;
    do
    :: i < M -> retire(i); i++
    :: else -> break
    od;
#ifndef WITHOUT_AGE_OF_MARK
    i = 0;
    do
    :: i < M -> mr[i] = 0; i++
    :: else -> break
    od
#else
    skip
#endif
}

inline entered(m) {
    if
    :: clean[m] -> fallbefore(m, ent[m]); rcl[m] = (clean[m] == 3 -> rcl[m] : 0)
    :: else
    fi;
    pl[m] = ent[m]; ent[m] = 0; clean[m] = 0; st[m] = QUEUED; valid[m] = 0;
    if
    :: V(m, pl[m]) != 0 -> U(m, pl[m]) = 0; fresh[m] = fresh[m] & ~BIT(pl[m])
    :: else
    fi
}
#include "place.pml"
