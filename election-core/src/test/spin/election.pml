/*
 * The rules P2 to P9 as the code applies them, for an exhaustive search. What is modelled, within which bounds and
 * what is left out: docs/safety-model.md. Each WITHOUT_... macro leaves one rule out.
 *
 * Places are numbered in the order of their create revisions, so the queue is 1, 2, 3 ... and a token is a number.
 * Time is relative: each timer counts down to 0 with the ticks of the fastest clock. Every action is one step of one
 * member or one commit in etcd, whole and in any order; a paused member is one that takes no step.
 */
#include "bounds.pml"

/* etcd. The state of a place: 0 absent, WAITING, LEADING, RELEASED. */
byte created;
byte es[P1];
byte owner[P1];         /* the member, DEAD once it has crashed */
byte stp[P1];           /* the places that the value of this one calls `stopped` */
bit mark;
byte faults;

/* Members. */
byte born;              /* members start in the order of their numbers, which halves nothing but the symmetry */
bit open[M];            /* the watch is open */
bit ever[M];            /* the queue was read before */
bit seen[M];            /* the view has reached the creation of the own place */
byte ent[M];            /* the place of an enter whose answer is under way */
byte clean[M];          /* 1 clean start; 2 and etcd has moved on; 3 and so has the view */
byte pl[M];             /* the own place, 0 for none */
byte st[M];             /* QUEUED; TERM, if valid; or released: ENDED (led), LEAVING (did not) */
byte valid[M];          /* P4: time left of the validity */
byte hb[M];             /* the heartbeat under way */
byte hbleft[M];         /* P4: D from its sending */
byte mask[M];           /* own terms that ended without a release */
byte mr[M];             /* the own deletion after which the mark may be removed */
byte rcl[M];            /* P7: time left of the range claim */
byte fresh[M];          /* the places whose last put is known */
byte vs[M * P1];        /* the view: the state of each place */
byte until[M * P1];     /* in the view: wait(D) from receipt of the last put; vanished: the claim */
byte n[M];              /* watch events under way */
byte pend[M * L];
byte last;              /* ghost for S2: the last token */
#ifdef WITHOUT_STOP_BEFORE_STOPPED
bit zt[M];              /* a term that goes on after its place was given up */
#endif
#ifdef WITNESS_HANDOVER
byte leader = M;
#endif

hidden byte i, q, e, k, hd, pv;
hidden byte hold, was;

#include "rules.pml"

proctype Member(byte m) {
    do
    /* P3, P7 */
    :: d_step { !open[m] && m <= born && MAY_READ(m) -> range(m); advance(m); S1 }
#ifdef ONCE
    :: d_step { !open[m] && m <= born && !pl[m] && !ent[m] && MAY_ENTER(m) -> range(m); enter(m); S1 }
#endif
    :: d_step { open[m] && n[m] > 0 -> deliver(m, false); advance(m); S1 }
#ifdef WITHOUT_EVERY_EVENT
    :: d_step { open[m] && n[m] > 0 -> deliver(m, true); S1 }
#endif
    :: d_step { open[m] && faults < F -> lose_watch(m); faults++; S1 }

    /* P2: committed here; the answer comes later. */
    :: d_step { open[m] && pl[m] == 0 && ent[m] == 0 && MAY_ENTER(m) -> enter(m); S1 }
    :: d_step { ent[m] -> entered(m); advance(m); S1 }

    /* P4 */
    :: d_step { pl[m] && st[m] <= TERM && AWAKE(m) && hb[m] == NONE && ISNEAR(m) ->
        hb[m] = (st[m] == TERM -> SENT_LEADING : SENT); hbleft[m] = DH; S1 }
    :: d_step { hb[m] && hb[m] != ANSWER -> commit(m); S1 }
    :: d_step { AWAKE(m) && UNDER_WAY(m) && faults < F -> doubt(m); unsend(m, true); S1 }
    :: d_step { hb[m] >= LATE -> hb[m] = NONE; S1 }
#ifdef WITHOUT_SEND_TIME
    :: d_step { hb[m] == ANSWER && AWAKE(m) -> proven(m); S1 }
#endif
#ifdef WITHOUT_HEARTBEATS_ONLY
    :: d_step { st[m] == TERM && valid[m] && valid[m] < DH -> valid[m] = DH; S1 }
#endif

    /* P5 */
    :: d_step { pl[m] && st[m] == QUEUED && valid[m] -> lead(m); S1 }

    /*
     * P8: `released` and then the deletion; or the deletion alone, if the release is refused, or not this member's to
     * write. P1: the loss of the session is the loss of the key, whatever the view says.
     */
    :: d_step { pl[m] && st[m] <= TERM && LIVES(m) -> stepdown(m, false); S1 }
    :: d_step { pl[m] && LIVES(m) && UNDER_WAY(m) && faults < F -> stepdown(m, true); S1 }
    :: d_step { pl[m] && es[pl[m]] -> delete(m); S1 }
    :: d_step { pl[m] && es[pl[m]] == 0 -> keylost(m); S1 }

    /* P7: the last one out removes the mark. */
    :: d_step { mr[m] && pl[m] == 0 && ent[m] == 0 -> remove_mark(m); S1 }

    /* A crash; what the process knew is gone. */
    :: d_step { CRASHES && faults < F && ever[m] -> crash(m); S1 }
    od
}

/* Time, and whoever deletes keys: leases that end or are revoked, and operators. */
proctype World() {
    do
    :: d_step { TIMERS -> tick(); S1 }
    :: d_step { faults < F && es[1] -> gone(1); faults++; S1 }
    :: d_step { faults < F && es[2] -> gone(2); faults++; S1 }
#if P > 2
    :: d_step { faults < F && es[3] -> gone(3); faults++; S1 }
#endif
#if P > 3
    :: d_step { faults < F && es[4] -> gone(4); faults++; S1 }
#endif
    od
}

init {
    atomic { run Member(0); run Member(1);
#if M > 2
        run Member(2);
#endif
        run World() }
}
