/* The bounds of the search, and the words of the model. */
#ifndef M
#define M 3             /* members */
#endif
#ifndef P
#define P 3             /* places, and so terms */
#endif
#ifndef L
#define L 3             /* how many events a view may lag behind; one more breaks the watch */
#endif
#ifndef D
#define D 1             /* D by the holder's own clock */
#endif
#ifndef CRASHES
#define CRASHES 1
#endif
#ifndef F
#define F 3             /* faults: keys deleted, watches broken, crashes */
#endif
#define DRIFT 1         /* how much longer D may take by the holder's clock than by the fastest one */

#define P1 (P + 1)
#define DH (D + DRIFT)
#ifdef WITHOUT_DRIFT_ALLOWANCE
#define W D
#else
#define W (D + DRIFT)
#endif

#define WAITING 1
#define LEADING 2
#define RELEASED 3
#define DEAD M

#define QUEUED 0
#define TERM 1
#define ENDED 2
#define LEAVING 3

/* Heartbeats: sent; given up, but may still be committed. */
#define NONE 0
#define SENT 1
#define SENT_LEADING 2
#define LATE 3
#define LATE_LEADING 4

#define V(m, p) vs[(m) * P1 + (p)]
#define U(m, p) until[(m) * P1 + (p)]
#define Q(m, x) pend[(m) * L + (x)]
#define BIT(p) (1 << (p))
#ifdef WITHOUT_SEND_TIME
#define ANSWER 5        /* only here it matters how long the answer takes */
#define ANSWERED(m) hb[m] = ANSWER
#else
#define ANSWER 255
#define ANSWERED(m) proven(m)
#endif
#define UNDER_WAY(m) (hb[m] == SENT || hb[m] == SENT_LEADING)
#define SEEN(state) ((state) == LEADING -> WAITING : (state)) /* what a view keeps of it */
#define OWNS(m, p) (owner[p] == (m) && ent[m] != (p))

#ifdef WITHOUT_LAPSE
#define LAPSED(m) false
#else
#define LAPSED(m) (st[m] == TERM && valid[m] == 0)
#endif
#ifdef ONCE             /* each member enters once, right after it has read, in the order of their numbers */
#define MAY_ENTER(m) (created == m)
#define DONE(m) (created > m)
#define MAY_READ(m) (pl[m] || ent[m])
#else
#define MAY_ENTER(m) (created < P)
#define DONE(m) (created == P)
#define MAY_READ(m) (pl[m] || ent[m] || created < P)
#endif
#define AWAKE(m) (!LAPSED(m))
#define LIVES(m) (es[pl[m]] == WAITING || es[pl[m]] == LEADING)

/* P9: what isLeader() answers at this instant. */
#if defined(WITHOUT_CLOCK_CHECK)
#define IS_LEADER(m) (st[m] == TERM)
#elif defined(WITHOUT_SECOND_LOOK)
#define IS_LEADER(m) ((st[m] == TERM || st[m] == ENDED) && valid[m] > 0)
#elif defined(WITHOUT_STOP_BEFORE_STOPPED)
#define IS_LEADER(m) ((st[m] == TERM || zt[m]) && valid[m] > 0)
#else
#define IS_LEADER(m) (st[m] == TERM && valid[m] > 0)
#endif

#ifdef WITHOUT_DOUBT_OF_UNKNOWN
#define doubt(m) valid[m] = hbleft[m]
#else
#define doubt(m) skip
#endif

#if M > 2
#define S1 assert(IS_LEADER(0) + IS_LEADER(1) + IS_LEADER(2) <= 1);
#else
#define S1 assert(IS_LEADER(0) + IS_LEADER(1) <= 1);
#endif
