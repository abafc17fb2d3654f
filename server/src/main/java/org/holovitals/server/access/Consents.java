package org.holovitals.server.access;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/** What patients let a person see now, and what they keep from him. */
@FunctionalInterface
public interface Consents {
    /**
     * What holds for a caller at this moment, from the address and in the app that he calls with. Asked once in each
     * request, so that a change takes effect on the next one.
     */
    Held of(Caller caller);

    /**
     * The {@link ConsentVersion} that was the newest when somebody last asked what holds for a caller. An answer may be begun with what
     * held then, if a statement of it reads the newest; empty where nothing is remembered.
     */
    default OptionalLong remembered(Caller caller) {
        return OptionalLong.empty();
    }

    /** What holds for a caller. A denial wins over every grant. */
    final class Held {
        /** Nothing is granted. */
        public static final Held NOTHING = new Held(List.of(), List.of());

        private final List<Grant> grants;
        private final List<Denial> denials;
        private final List<Grant> elsewhere;
        private final SingletonSupplier<Holdings> holdings = SingletonSupplier.of(() -> Holdings.of(this));

        /**
         * Grants and denials.
         *
         * @param grants those that are active, within their restrictions
         * @param denials those that keep something from this caller
         * @param elsewhere grants that are active, but not from where and with what he calls
         */
        public Held(List<Grant> grants, List<Denial> denials, List<Grant> elsewhere) {
            this.grants = grants;
            this.denials = denials;
            this.elsewhere = elsewhere;
        }

        /** Nothing holds elsewhere. */
        public Held(List<Grant> grants, List<Denial> denials) {
            this(grants, denials, List.of());
        }

        /** Those that are active, within their restrictions. */
        public List<Grant> grants() {
            return grants;
        }

        /** Those that keep something from this caller. */
        public List<Denial> denials() {
            return denials;
        }

        /** Grants that are active, but not from where and with what he calls. */
        public List<Grant> elsewhere() {
            return elsewhere;
        }

        /** The FHIR ids of the patients of whom something is granted, if nothing is denied. */
        public Set<String> patients() {
            return grants.stream().map(Grant::patient).collect(Collectors.toUnmodifiableSet());
        }

        /** All of it patient by patient, worked out once: many requests may have the same. */
        Holdings holdings() {
            return holdings.obtain();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Held held
                    && grants.equals(held.grants)
                    && denials.equals(held.denials)
                    && elsewhere.equals(held.elsewhere);
        }

        @Override
        public int hashCode() {
            return Objects.hash(grants, denials, elsewhere);
        }

        @Override
        public String toString() {
            return "Held" + grants + denials + elsewhere;
        }
    }

    /**
     * An active consent.
     *
     * @param id its row in consent_grants
     * @param patient FHIR id of the patient
     * @param permissions what it lets the caller do; one who may only view has no others than to read
     */
    record Grant(UUID id, String patient, Set<Permission> permissions) {}

    /**
     * What a patient does not show.
     *
     * @param id its row in consent_denials
     * @param patient FHIR id of the patient
     */
    record Denial(UUID id, String patient, Set<Part> parts) {}

    /** Something that may be done with a part of a record. */
    record Permission(Part part, Action action) {}

    /** Parts of a record, as patients grant them. */
    enum Part {
        DOCUMENTS,
        TEST_RESULTS,
        MEDICATIONS,
        ALLERGIES,
        CONDITIONS,
        IMAGING,
        CLINICAL_NOTES,
        VITAL_SIGNS,
        PROCEDURES,
        IMMUNIZATIONS,
        FAMILY_HISTORY,
        /** The whole record, also what is none of the other parts. */
        ALL_PHI
    }

    /** What may be done. */
    enum Action {
        /** To see it. */
        READ,
        /** To correct it; of test results. */
        CORRECT,
        /** To add and change notes; of clinical notes. */
        ANNOTATE,
        /** To add, change and delete. */
        WRITE,
        /** To answer for the patient who may see the record, and to take that back; of a proxy. */
        DECIDE
    }
}
