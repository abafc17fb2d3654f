package org.holovitals.mappings;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Twenty synthetic patients, their references written as a server writes them. */
final class Synthea {
    private static final FhirContext FHIR = FhirContext.forR4Cached();

    private Synthea() {}

    /** The resources of each file. */
    static List<List<Resource>> patients() {
        try (var zip = new ZipFile(Shared.file("data/synthea-20.zip").toFile())) {
            return zip.stream()
                    .filter(entry -> entry.getName().endsWith(".json"))
                    .map(entry -> resources(read(zip, entry)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(ZipFile zip, ZipEntry entry) {
        try (var in = zip.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Resource> resources(String json) {
        var bundle = FHIR.newJsonParser().parseResource(Bundle.class, json);
        Map<String, String> addresses = new HashMap<>();
        for (BundleEntryComponent entry : bundle.getEntry()) {
            var resource = entry.getResource();
            resource.setId(entry.getFullUrl().substring("urn:uuid:".length()));
            addresses.put(
                    entry.getFullUrl(),
                    resource.fhirType() + "/" + resource.getIdElement().getIdPart());
        }
        var terser = FHIR.newTerser();
        for (BundleEntryComponent entry : bundle.getEntry()) {
            for (Reference reference :
                    terser.getAllPopulatedChildElementsOfType(entry.getResource(), Reference.class)) {
                String address = addresses.get(reference.getReference());
                if (address != null) {
                    reference.setReference(address);
                }
            }
        }
        return bundle.getEntry().stream().map(BundleEntryComponent::getResource).toList();
    }

    static MedicationLookup medications(List<Resource> resources) {
        Map<String, Medication> medications = new HashMap<>();
        for (Resource resource : resources) {
            if (resource instanceof Medication medication) {
                medications.put("Medication/" + resource.getIdElement().getIdPart(), medication);
            }
        }
        return medications::get;
    }
}
