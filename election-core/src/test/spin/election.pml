/*
 * The rules for one election, for an exhaustive search. What is modelled, within which bounds and what is left out:
 * docs/safety.md, "Model". Each WITHOUT_... macro leaves one rule out.
 *
 * Places are numbered in the order of their create revisions, so the queue is 1, 2, 3 ... and a token is a number; a
 * set of places is a bit mask. Time is relative: each timer counts down to 0 with the ticks of the fastest clock. Every
 * action is one step of one member or one commit in etcd, whole and in any order; a paused member is one that takes no
 * step.
 */
#include "bounds.pml"

/* etcd. */
byte created;
byte es;                /* the places whose keys stand */
byte owner[P1];         /* the member, DEAD once it has crashed */
byte owes[P1];          /* the places that the entry of this one calls stopped, while somebody has yet to hear it */
byte beat;              /* the places whose beat key exists */
byte odd;               /* the places whose key names another beat than its holder sends */
byte led;               /* the places that have led, as the journal tells */
byte md, mr, ms;        /* the mark: validity, 0 for absent; `released`; `stopped` */
byte lost;              /* what the mark said when an operator deleted it; 0 once it is healed */
byte since;             /* and how long to wait if nobody stands who could heal it */
byte news[L];           /* the last revisions, the newest first */
byte faults;

/* Members. */
byte born;              /* members start in the order of their numbers, which halves nothing but the symmetry */
byte pl[M];             /* the own place, 0 for none */
byte st[M];
byte valid[M];          /* P4: time left of the validity */
byte view[M];           /* P3: the places in the view */
byte lag[M];            /* how many revisions it is behind, or BROKEN */
byte kr[M], ks[M];      /* P7: the words that are known */
byte entry[M], stood[M]; /* P7: time left of the entry claim; the place that stood first then */
byte timer[M * P1];     /* in the view: wait(D) from receipt of the beat that is known; vanished: the claim */
byte knows[M];          /* the places whose last beat is known */
byte know[M];           /* the largest validity that is known */
byte owed[M];           /* own places that stopped without a word */
byte late[M];           /* an own place that was given up while its T3 was under way */
#ifdef BIG
byte large;             /* the places of that member */
#endif
#ifdef STALE
byte stale[M];          /* the places of which an earlier beat is known */
#else
hidden byte stale[M];
#endif
#ifdef WITHOUT_BEAT_PRESENT
byte absent[M];
#endif
#ifdef WITHOUT_FIRST_REVISION
bit deaf[M];            /* the next revision will be missed */
#endif
#ifdef FLIGHT
byte hb[M];             /* the beat under way: 1 sent, 2 answered */
byte hbleft[M];         /* D from its sending */
#endif
byte last;              /* ghost for S2: the last token */
#ifdef WITNESS
short noted[M];         /* what led to the term that may follow */
#endif

hidden byte i, q, e, k, d, p, hd, own, told, told2;
hidden byte hold, was, clean;

#include "store.pml"
#include "queue.pml"
#include "place.pml"
#include "steps.pml"

proctype Member(byte m) {
    do
    /* P2. */
    :: d_step { CAN_PUT(m) && pl[m] == 0 -> born = MAX(born, m + 1); put(m); q = clean; owed[m] = 0;
        entered(m, created, q); S1 }
    :: d_step { CAN_PUT(m) && faults < F && (pl[m] == 0 || !HAS(es, pl[m])) ->
        born = MAX(born, m + 1); faults++; put(m); S1 }
#ifdef ODD
    :: d_step { CAN_PUT(m) && faults < F && (pl[m] == 0 || !HAS(es, pl[m])) ->
        born = MAX(born, m + 1); faults++; put(m); odd = odd | BIT(created); S1 }
#endif
    :: d_step { pl[m] == 0 && KEY(m) -> find(m);
        if
        :: FIT(m, own) -> SEEN(ADOPTED); entered(m, own, false)
        :: else
        fi; S1 }
    :: d_step { pl[m] == 0 && KEY(m) -> find(m); SEEN(UNFIT); owed[m] = owed[m] | BIT(own); gone(DEL, own); S1 }

    /* P3, P7. */
    :: d_step { lag[m] > 0 && lag[m] < BROKEN -> deliver(m); S1 }
    :: d_step { lag[m] > 0 -> reread(m); S1 }
#ifdef WITHOUT_EVERY_EVENT
    :: d_step { lag[m] > 0 && lag[m] < BROKEN -> lag[m]--; settle(); S1 }
#endif
#ifdef WITHOUT_FIRST_REVISION
    :: d_step { lag[m] > 0 && lag[m] < BROKEN && deaf[m] -> lag[m]--; deaf[m] = 0; settle(); S1 }
#endif
    :: d_step { CAN_HEAR(m, 1) -> hear(m, 1); S1 }
#if P > 2
    :: d_step { CAN_HEAR(m, 2) -> hear(m, 2); S1 }
#endif
#if P > 3
    :: d_step { CAN_HEAR(m, 3) -> hear(m, 3); S1 }
#endif

#ifdef WITHOUT_BEAT_PRESENT
    :: d_step { HAS(view[m], 1) && 1 < pl[m] && !HAS(knows[m] | absent[m] | beat, 1) ->
        absent[m] = absent[m] | BIT(1); U(m, 1) = WAIT(DP(1)); S1 }
#endif

    /* P4, P5. */
#ifdef FLIGHT
    :: d_step { pl[m] && st[m] <= TERM && !LAPSED(m) && NEAR(m) && hb[m] == 0 ->
        hb[m] = 1; hbleft[m] = VALID(DP(pl[m])); S1 }
    :: d_step { hb[m] == 1 -> prove(m); S1 }
    :: d_step { hb[m] == 2 && !LAPSED(m) -> proven(m); S1 }
    :: d_step { hb[m] == 2 -> hb[m] = 0; hbleft[m] = 0; S1 } /* the answer is lost */
#else
    :: d_step { pl[m] && st[m] <= TERM && !LAPSED(m) && NEAR(m) -> prove(m); S1 }
#endif
#ifdef WITHOUT_DOUBT_OF_UNKNOWN
    :: d_step { hb[m] == 1 && !LAPSED(m) && faults < F -> faults++; proven(m); S1 }
#endif
#ifdef WITHOUT_BEATS_ONLY /* a renewal of the lease counts */
    :: d_step { st[m] == TERM && valid[m] -> valid[m] = VALID(DP(pl[m])); S1 }
#endif
    :: d_step { pl[m] && st[m] == QUEUED && valid[m] -> lead(m); S1 }

    /* P8; P12; T5. */
    :: d_step { pl[m] && HAS(es, pl[m]) -> release(m, true); S1 }
    :: d_step { pl[m] && HAS(es, pl[m]) && faults < F -> faults++; release(m, false); S1 }
#ifdef WITHOUT_WORD_WITH_DELETION
    :: d_step { st[m] == TERM && HAS(es, pl[m]) ->
        st[m] = ENDED; valid[m] = 0; d = 0; e = pl[m]; join(d, e, 0); k = WORD + pl[m]; push(k); S1 }
#endif
#if P > 2
    :: d_step { pl[m] && HAS(es, pl[m]) -> transfer(m, 3, true); S1 }
    :: d_step { pl[m] && HAS(es, pl[m]) && faults < F -> faults++; transfer(m, 3, false); S1 }
#endif
#if P > 3
    :: d_step { pl[m] && HAS(es, pl[m]) -> transfer(m, 4, true); S1 }
#endif
    :: d_step { pl[m] && HAS(es, pl[m]) -> last_one(m, true); S1 }
    :: d_step { pl[m] && HAS(es, pl[m]) && faults < F -> faults++; last_one(m, false); S1 }
    :: d_step { st[m] == TERM && HAS(es, pl[m]) && faults < F -> faults++; late[m] = pl[m]; leave(m); S1 }
    :: d_step { late[m] && HAS(es, late[m]) -> SEEN(LATE_WORD); own = late[m]; retire(RELEASED, own, m); S1 }
    :: d_step { pl[m] && !HAS(es, pl[m]) -> lose(m); S1 }
    :: d_step { pl[m] && (TAKEN(m)) -> take_over(m); S1 }
    :: d_step { pl[m] && HAS(es, pl[m]) && md < know[m] -> heal(m); S1 }

    :: d_step { pl[m] == 0 && owed[m] && md -> tell(m); S1 }

    :: d_step { faults < F && KEY(m) -> faults++; give_up(m); S1 }
    :: d_step { faults < F && (KEY(m) || know[m]) -> faults++; crash(m); S1 }
    od
}

/* Time, and whoever deletes keys: leases that end or are revoked, and operators. */
proctype World() {
    do
    :: d_step { created > 0 -> tick(); S1 }
    :: d_step { faults < F && es -> faults++; first(es); k = hd; e = k; gone(DEL, e); S1 }
    :: d_step { faults < F && es -> faults++; hd = LASTOF(es); e = hd; gone(DEL, e); S1 }
    :: d_step { faults < F && (es & beat) -> faults++; q = es & beat; first(q); silence(hd); S1 }
    :: d_step { faults < F && md -> faults++; unmark(); S1 }
    :: d_step { faults < F && md && es -> faults++; unmark(); wipe(); S1 }
    :: d_step { DEAD_STANDS -> clear(false); S1 }
    :: d_step { DEAD_STANDS && md -> clear(true); S1 }
    od
}

init {
    atomic { run Member(0); run Member(1);
#if M > 2
        run Member(2);
#endif
        run World() }
}
