package io.github.election4j.spring.work;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;

/** Finds the calls on {@code this} in a class file. */
final class SelfCallScanner extends ClassVisitor {
    private final List<SelfCall> found = new ArrayList<>();

    private SelfCallScanner() {
        super(SpringAsmInfo.ASM_VERSION);
    }

    /**
     * {@return the calls on {@code this}, those in lambdas included; of one on a variable that holds {@code this}
     * nothing is known}
     *
     * @param classFile content of a class file
     * @throws RuntimeException if it cannot be read
     */
    static List<SelfCall> scan(byte[] classFile) {
        SelfCallScanner scanner = new SelfCallScanner();
        new ClassReader(classFile).accept(scanner, ClassReader.SKIP_DEBUG | ClassReader.EXPAND_FRAMES);
        return List.copyOf(scanner.found);
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        return (access & Opcodes.ACC_STATIC) == 0
                ? new SelfCallFinder(new SelfCall.Signature(name, descriptor), found::add)
                : null;
    }
}
