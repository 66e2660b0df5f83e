/* When a step can be taken, and the steps of nobody's. */

#ifdef BIG
#define ITS_TURN(m) true
#else
#define ITS_TURN(m) (m <= born)
#endif

/*
 * What is assumed of operators who delete the mark, for a process that knows nothing has to believe an empty etcd: who
 * knows of no validity as large as the mark had does not enter before the mark says it again, or before nobody who
 * stood can be valid any more.
 */
#if defined(WITHOUT_CARE_FOR_MARK)
#define INFORMED(m) true
#elif defined(WITHOUT_CARE_FOR_LARGEST)
#define INFORMED(m) (lost == 0 || know[m] > 0)
#else
#define INFORMED(m) (lost == 0 || know[m] >= lost)
#endif
#define CAN_PUT(m) (MAY_ENTER(m) && ITS_TURN(m) && !KEY(m) && INFORMED(m))

/* P2: adopted only if it is what would be put, and no place that this session has ended. */
#if defined(WITHOUT_MEMORY)
#define FIT(m, p) !HAS(odd, p)
#elif defined(WITHOUT_EQUAL_VALUE)
#define FIT(m, p) (late[m] != p)
#else
#define FIT(m, p) (late[m] != p && !HAS(odd, p))
#endif

/* A beat is heard in no order relative to the queue. */
#define CAN_HEAR(m, p) (HAS(view[m], p) && p < pl[m] && !HAS(knows[m], p) && HAS(beat, p))

/* An operator deletes the mark. */
inline unmark() {
    lost = MAX(lost, md); since = WAIT(lost); md = 0; mr = 0; ms = 0
}

/* An operator deletes all that begins with the key, without its slash: places and mark in one revision. */
inline wipe() {
    es = 0; led = 0; i = 0;
    do
    :: i < M -> late[i] = 0; i++
    :: else -> break
    od;
    i = 1;
    do
    :: i <= P -> owner[i] = 0; i++
    :: else -> break
    od;
    push(WIPED)
}

/* The session is given up while its key stands: the process enters again under another lease. */
inline give_up(m) {
    find(m); owner[own] = DEAD; owed[m] = owed[m] | BIT(own);
    if
    :: pl[m] == own -> leave(m)
    :: else
    fi
}

/* Who stays out tells the words that it owes: one of them here. */
inline tell(m) {
    q = owed[m]; first(q);
    owed[m] = owed[m] & ~BIT(hd);
    q = BIT(hd); e = TOLD + hd;
    join(0, 0, q); push(e)
}

#ifdef WITHOUT_JOURNAL_OF_TERM
#define HAS_LED(p) true
#else
#define HAS_LED(p) HAS(led, p)
#endif
/*
 * P10: the operator says that the process is dead. Of one that has led the word may be that of its release: the journal
 * is written after the term has begun, or never.
 */
inline clear(journal) {
    e = 1;
    do
    :: e < P && !OWNS(DEAD, e) -> e++
    :: else -> break
    od;
    if
    :: md && journal && HAS_LED(e) -> SEEN(CLEARED_LEADER); join(0, e, 0); gone(RELEASED, e)
    :: md && !journal -> join(0, 0, BIT(e)); gone(STOPPED, e)
    :: md && journal && !HAS_LED(e)
    :: else -> gone(DEL, e)
    fi
}

#define DEC(x) x = (x > 0 -> x - 1 : 0)

inline tick() {
    i = 0;
    do
    :: i < M ->
#ifdef WITNESS
        noted[i] = (entry[i] == 1 -> noted[i] | BIT(ENTRY_CLAIM) : noted[i]);
#endif
        DEC(valid[i]); DEC(entry[i]);
        stood[i] = (entry[i] -> stood[i] : 0);
#ifdef FLIGHT
        DEC(hbleft[i]); hb[i] = (hbleft[i] -> hb[i] : 0);
#endif
        q = 1;
        do
        :: q <= P ->
#ifdef WITNESS
            noted[i] = (U(i, q) == 1 && !HAS(view[i], q) -> noted[i] | BIT(VANISH_CLAIM) : noted[i]);
#endif
            DEC(U(i, q)); q++
        :: else -> break
        od;
        i++
    :: else -> break
    od;
    if
    :: es == 0 -> DEC(since); lost = (since -> lost : 0)
    :: else -> since = (lost -> WAIT(lost) : 0)
    fi
}
