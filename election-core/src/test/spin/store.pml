/* etcd: one sequence of commits, and who hears of them. */

/* One revision; every view that is followed will be told. */
inline push(event) {
    i = 0;
    do
    :: i < M -> lag[i] = (pl[i] && lag[i] < BROKEN -> lag[i] + 1 : lag[i]); i++
    :: else -> break
    od;
    i = L - 1;
    do
    :: i > 0 -> news[i] = news[i - 1]; i--
    :: else -> break
    od;
    news[0] = event;
    settle()
}

/* What nobody needs any more is forgotten: one state instead of many. */
inline settle() {
    k = 0; i = 0;
    do
    :: i < M -> k = (lag[i] < BROKEN && lag[i] > k -> lag[i] : k); i++
    :: else -> break
    od;
    i = 0; told = 0;
    do
    :: i < L ->
        news[i] = (i < k -> news[i] : 0);
        told = (news[i] / 8 == PUT / 8 -> told | BIT(news[i] % 8) : told);
        i++
    :: else -> break
    od;
    i = 1;
    do
    :: i <= P -> owes[i] = (HAS(told, i) -> owes[i] : 0); i++
    :: else -> break
    od
}

/* The mark says again what it said when an operator deleted it. */
inline healed() {
#ifdef WITHOUT_RAISE
    lost = (md > 0 -> 0 : lost);
#else
    lost = (md >= lost -> 0 : lost);
#endif
    since = (lost -> since : 0)
}

/* A word joins the mark. A mark that is absent says nothing. */
inline join(validity, upto, stopped) {
    md = MAX(md, validity);
    mr = MAX(mr, upto);
    ms = (ms | (stopped)) & ~UPTO(mr);
    healed()
}

/* hd = the first place of a set, 0 for none. */
inline first(set) {
    hd = 1;
    do
    :: hd <= P && !HAS(set, hd) -> hd++
    :: else -> break
    od;
    hd = (hd > P -> 0 : hd)
}

/* own = the place in which the key of this member stands, 0 for none. */
inline find(m) {
    own = 0; i = 1;
    do
    :: i <= P -> own = (HAS(es, i) && owner[i] == m -> i : own); i++
    :: else -> break
    od
}

/* d = the largest validity of a set of places. */
inline longest(set) {
    d = 0; i = 1;
    do
    :: i <= P -> d = (HAS(set, i) && DP(i) > d -> DP(i) : d); i++
    :: else -> break
    od
}

/* A key is gone. The beat is left as it was then: later ones prove other places. */
inline gone(event, p) {
    es = es & ~BIT(p); led = led & ~BIT(p);
#ifndef WITHOUT_CREATE_REVISION
    owner[p] = 0;
#endif
    i = 0;
    do
    :: i < M -> late[i] = (late[i] == p -> 0 : late[i]); i++
    :: else -> break
    od;
    k = event + p; push(k)
}

/* The keys ahead of this place are gone, in one revision. */
inline gone_ahead(p) {
    i = 1;
    do
    :: i < p ->
#ifndef WITHOUT_CREATE_REVISION
        owner[i] = (HAS(es, i) -> 0 : owner[i]);
#endif
        i++
    :: else -> break
    od;
    i = 0;
    do
    :: i < M -> late[i] = (late[i] && late[i] < p && HAS(es, late[i]) -> 0 : late[i]); i++
    :: else -> break
    od;
    es = es & ~UPTO(p - 1); led = led & ~UPTO(p - 1);
    k = MOVED + p; push(k)
}

#ifdef WITHOUT_GUARD_OF_WORD
#define SAY(m, upto, stopped) md = know[m]; join(0, upto, stopped)
#else
#define SAY(m, upto, stopped) join(d, upto, stopped)
#endif
/*
 * T3, T4, or the deletion alone, by this member. The guard by the mark's value means that what is written is what was
 * there, joined with the word. Who finds no mark writes the largest validity that it knows.
 */
inline retire(event, p, m) {
    d = (md == 0 -> know[m] : 0);
    if
    :: event == RELEASED -> SAY(m, p, 0)
    :: event == STOPPED -> SAY(m, 0, BIT(p))
    :: event == LAST -> md = 0; mr = 0; ms = 0
    :: else
    fi;
    e = event; gone(e, p)
}

/* A beat moves; nobody knows the new one yet. */
inline move(p) {
    i = 0;
    do
    :: i < M ->
#ifdef STALE
        stale[i] = (HAS(knows[i], p) -> stale[i] | BIT(p) : stale[i]);
#else
        U(i, p) = (HAS(knows[i], p) -> 0 : U(i, p));
#endif
        knows[i] = knows[i] & ~BIT(p);
        i++
    :: else -> break
    od
}

/* An operator deletes a beat. */
inline silence(p) {
    beat = beat & ~BIT(p); k = p; move(k)
}
