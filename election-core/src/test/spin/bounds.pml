/* The bounds of the search, and the words of the model. */
#ifndef M
#define M 2             /* members, each a process of its own */
#endif
#ifndef P
#define P 2             /* places, and so terms */
#endif
#ifndef L
#define L 2             /* how many revisions a view may lag behind; one more breaks the watch */
#endif
#ifndef F
#define F 1             /* faults */
#endif
#ifndef D
#define D 1             /* D by the holder's own clock */
#endif
#define DRIFT 1         /* how much longer D may take by the holder's clock than by the fastest one */
#define P1 (P + 1)

/* The validity of a member, of a place; how long it lasts at most; how long to wait for it. */
#ifdef BIG              /* this member believes longer than the others */
#define DOF(m) ((m) == BIG -> D + 1 : D)
#define DP(p) (D + ((large >> (p)) & 1))
#else
#define DOF(m) D
#define DP(p) D
#endif
#define VALID(d) ((d) + DRIFT)
#ifdef WITHOUT_DRIFT_ALLOWANCE
#define WAIT(d) (d)
#else
#define WAIT(d) ((d) + DRIFT)
#endif

#if defined(WITHOUT_RECEIPT_OF_THIS_BEAT) || defined(WITHOUT_GUARD_BY_BEAT) || defined(WITHOUT_MATCH_OF_BEAT)
#define STALE           /* only here it matters what is known of earlier beats */
#endif
#if defined(WITHOUT_SEND_TIME) || defined(WITHOUT_DOUBT_OF_UNKNOWN) || defined(WITHOUT_LAPSE)
#define FLIGHT          /* only here it matters that a beat is under way */
#endif

#define DEAD M
#define NONE 255

/* What a place is to its holder. */
#define QUEUED 0
#define TERM 1
#define ENDED 2         /* only where a rule is left out */

/* Revisions, by what they did to the queue and the mark; the place is in the lower three bits. */
#define PUT 8           /* T2 */
#define DEL 16          /* a deletion without a word */
#define STOPPED 24      /* T3 */
#define RELEASED 32     /* T3 */
#define LAST 40         /* T4: the mark too */
#define WIPED 48        /* all places and the mark */
#define WRITTEN 56      /* the mark alone: T5, or raised */
#define TOLD 64         /* the mark alone: a word that was owed */
#define MOVED 80        /* T3 of a transfer: all places ahead of this one */
#define WORD 72         /* only where a rule is left out: `released` before the deletion */

#define BIT(p) (1 << (p))
#define HAS(set, p) (((set) >> (p)) & 1)
#define UPTO(r) ((2 << (r)) - 1)
#define U(m, p) timer[(m) * P1 + (p)]
#define BROKEN (L + 1)
#define MAX(a, b) ((a) > (b) -> (a) : (b))
#define MIN(a, b) ((a) < (b) -> (a) : (b))

/* Who has no place and will never have one any more. */
#ifdef ONCE             /* each member enters once, in the order of their numbers */
#define MAY_ENTER(m) (created == (m))
#define DONE(m) (created > (m))
#else
#define MAY_ENTER(m) (created < P)
#define DONE(m) (created == P)
#endif

/* Whose keys stand. */
#define OWNS(m, p) (HAS(es, p) && owner[p] == m)
#if P > 3
#define KEY(m) (OWNS(m, 1) || OWNS(m, 2) || OWNS(m, 3) || OWNS(m, 4))
#define DEAD_STANDS (OWNS(DEAD, 1) || OWNS(DEAD, 2) || OWNS(DEAD, 3) || OWNS(DEAD, 4))
#define LASTOF(set) (HAS(set, 4) -> 4 : (HAS(set, 3) -> 3 : (HAS(set, 2) -> 2 : 1)))
#elif P > 2
#define KEY(m) (OWNS(m, 1) || OWNS(m, 2) || OWNS(m, 3))
#define DEAD_STANDS (OWNS(DEAD, 1) || OWNS(DEAD, 2) || OWNS(DEAD, 3))
#define LASTOF(set) (HAS(set, 3) -> 3 : (HAS(set, 2) -> 2 : 1))
#else
#define KEY(m) (OWNS(m, 1) || OWNS(m, 2))
#define DEAD_STANDS (OWNS(DEAD, 1) || OWNS(DEAD, 2))
#define LASTOF(set) (HAS(set, 2) -> 2 : 1)
#endif

/* P9: what isLeader() answers at this instant. */
#if defined(WITHOUT_CLOCK_CHECK)
#define IS_LEADER(m) (st[m] == TERM)
#elif defined(WITHOUT_STOP_BEFORE_WORD)
#define IS_LEADER(m) ((st[m] == TERM || st[m] == ENDED) && valid[m] > 0)
#else
#define IS_LEADER(m) (st[m] == TERM && valid[m] > 0)
#endif
#ifdef WITHOUT_LAPSE
#define LAPSED(m) false
#else
#define LAPSED(m) (st[m] == TERM && valid[m] == 0)
#endif

#if M > 2
#define S1 assert(IS_LEADER(0) + IS_LEADER(1) + IS_LEADER(2) <= 1);
#else
#define S1 assert(IS_LEADER(0) + IS_LEADER(1) <= 1);
#endif

/* Who wants to see that the model does something asks for it: then it is a violation. */
#define CLEAN_START 1
#define HAND_OVER 2
#define TAKE_OVER 3
#define ENTRY_CLAIM 4
#define VANISH_CLAIM 5
#define LOWERED 6
#define OWED_WORD 7
#define MARK_REMOVED 8
#define HEALED 9
#define UNFIT 10
#define ADOPTED 11
#define LATE_WORD 12
#define TRANSFER 13
#define CLEARED_LEADER 14
#ifdef WITNESS
#define SEEN(what) assert(WITNESS != what)
#define NOTE(m, what) noted[m] = noted[m] | BIT(what)
#define SEEN_IF(m, what) assert(WITNESS != what || !HAS(noted[m], what))
#else
#define SEEN(what) skip
#define NOTE(m, what) skip
#endif
