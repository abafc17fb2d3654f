package org.holovitals.mappings;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import ca.uhn.fhir.validation.ValidationOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.utilities.npm.NpmPackage;

/** HAPI's R4 validator, with the profiles of a package when one is given. */
final class Validator {
    private static final FhirContext FHIR = FhirContext.forR4Cached();

    /** Shared, for it takes seconds to read. */
    private static final IValidationSupport DEFINITIONS = new DefaultProfileValidationSupport(FHIR);

    private final FhirValidator validator = FHIR.newValidator();

    private Validator(List<IValidationSupport> more) {
        List<IValidationSupport> links = new ArrayList<>(more);
        links.add(DEFINITIONS);
        links.add(new CommonCodeSystemsTerminologyService(FHIR));
        links.add(new InMemoryTerminologyServerValidationSupport(FHIR));
        validator.registerValidatorModule(
                new FhirInstanceValidator(new ValidationSupportChain(links.toArray(IValidationSupport[]::new))));
    }

    static Validator ofR4() {
        return new Validator(List.of());
    }

    static Validator of(Path npmPackage) {
        var profiles = new PrePopulatedValidationSupport(FHIR);
        try (var in = Files.newInputStream(npmPackage)) {
            var files = NpmPackage.fromPackage(in);
            for (String name : files.listResources("StructureDefinition", "ValueSet", "CodeSystem")) {
                profiles.addResource(FHIR.newJsonParser().parseResource(files.loadResource(name)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Validator(List.of(profiles));
    }

    Stream<SingleValidationMessage> errors(Resource resource, String... profiles) {
        var options = new ValidationOptions();
        List.of(profiles).forEach(options::addProfile);
        return validator.validateWithResult(resource, options).getMessages().stream()
                .filter(message -> message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0);
    }
}
