package io.github.election4j.internal.machine;

/** Inputs and effects of a session in words. */
final class SessionTranscript {
    private SessionTranscript() {}

    static String of(SessionInput input) {
        if (input instanceof SessionInput.Granted granted) {
            return "granted lease " + Long.toHexString(granted.lease().id());
        } else if (input instanceof SessionInput.Renewed) {
            return "renewed";
        } else if (input instanceof SessionInput.Failed failed) {
            return "request failed: " + failed.cause().kind();
        } else if (input instanceof SessionInput.BeatCommitted beat) {
            return "beat " + beat.group() + Transcript.of(beat.result());
        } else if (input instanceof SessionInput.BeatFailed beat) {
            return "beat " + beat.group() + " failed: " + beat.cause().kind();
        } else if (input instanceof SessionInput.BeatRead read) {
            return "read " + read.beat();
        } else if (input instanceof SessionInput.BeatWatched watched) {
            return "watch " + Transcript.events(watched.events());
        }
        return input.toString();
    }

    static String of(SessionEffect effect) {
        if (effect instanceof SessionEffect.Beat beat) {
            return "beat " + beat.group() + ": " + Transcript.of(beat.txn());
        } else if (effect instanceof SessionEffect.ReadBeat read) {
            return "read " + read.beat();
        } else if (effect instanceof SessionEffect.WatchBeat watch) {
            return "watch " + watch.beat() + " from " + watch.fromRevision();
        } else if (effect instanceof SessionEffect.TellElections tell) {
            return "tell all: " + Transcript.of(tell.input());
        } else if (effect instanceof SessionEffect.TellElection tell) {
            return "tell " + tell.election() + ": " + Transcript.of(tell.input());
        } else if (effect instanceof SessionEffect.Headroom headroom) {
            return "headroom " + Math.round(headroom.least() * 100) + " %";
        } else if (effect instanceof SessionEffect.Renew) {
            return "renew";
        }
        return effect.toString();
    }
}
