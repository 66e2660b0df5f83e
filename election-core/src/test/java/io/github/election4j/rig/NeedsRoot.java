package io.github.election4j.rig;

import io.github.election4j.testing.Evidence;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * For network namespaces and disks that can be frozen. Where they cannot be made it is skipped, or fails: see
 * {@link Evidence}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(NeedsRoot.Condition.class)
@interface NeedsRoot {
    /** Tries it. */
    class Condition implements ExecutionCondition {
        private static final String NAME = "e4j-" + ProcessHandle.current().pid();

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            try {
                Shell.run("ip", "netns", "add", NAME);
                Shell.run("ip", "netns", "del", NAME);
                tryDisk(Files.createTempDirectory(NAME));
                return ConditionEvaluationResult.enabled("the rig can be built");
            } catch (IOException | RuntimeException impossible) {
                String remedy = "the rig needs Linux, root, iproute2, e2fsprogs and util-linux, and this failed: ";
                return Evidence.missing("namespaces and frozen disks", remedy + impossible.getMessage());
            }
        }

        private static void tryDisk(Path folder) {
            String image = folder.resolve("image").toString();
            String disk = folder.resolve("disk").toString();
            Shell.run("truncate", "-s", "16M", image);
            Shell.run("mkfs.ext4", "-q", image);
            Shell.run("mkdir", disk);
            Shell.run("mount", "-o", "loop", image, disk);
            Shell.run("fsfreeze", "-f", disk);
            Shell.run("fsfreeze", "-u", disk);
            Shell.run("umount", disk);
            Shell.run("rm", "-r", folder.toString());
        }
    }
}
