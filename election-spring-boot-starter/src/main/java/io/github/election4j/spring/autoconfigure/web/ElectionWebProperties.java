package io.github.election4j.spring.autoconfigure.web;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of requests that only the leader may answer.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("election.web")
public class ElectionWebProperties {
    /** What is answered to a request that only the leader may answer, where another member got it. */
    private OnFollower onFollower = OnFollower.REJECT;

    public OnFollower getOnFollower() {
        return onFollower;
    }

    public void setOnFollower(OnFollower onFollower) {
        this.onFollower = onFollower;
    }

    /** What is answered where another member got the request. */
    public enum OnFollower {
        /** 503 Service Unavailable, with who leads. */
        REJECT,

        /** 307 Temporary Redirect to the address of the leader, once; 503 if it has none that can be used. */
        REDIRECT
    }
}
