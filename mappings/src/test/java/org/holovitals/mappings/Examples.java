package org.holovitals.mappings;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;

/** The resources of {@code com.ibm.fhir:fhir-examples}: all examples of the specification and generated ones. */
final class Examples {
    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final Pattern FILE = Pattern.compile("(json|xml)/(spec|ibm|profiles)/.*\\.(json|xml)");
    private static final Pattern JSON_TYPE = Pattern.compile("\"resourceType\"\\s*:\\s*\"(\\w+)\"");
    private static final Pattern XML_TYPE = Pattern.compile("<(\\w+)[^<>?!]*xmlns=\"http://hl7.org/fhir\"");
    /** Larger files are bundles of definitions. */
    private static final long LARGEST = 1_000_000;

    /** One example and the file that it is from. */
    record Example(String file, Resource resource) {}

    private Examples() {}

    /** Every example of a type that the tables hold, also those within bundles, from files whose path has the prefix. */
    static List<Example> handled(String prefix) {
        List<Example> examples = new ArrayList<>();
        try (var jar = jar()) {
            for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                String file = entry.getName();
                if (file.startsWith(prefix) && FILE.matcher(file).matches() && entry.getSize() < LARGEST) {
                    resources(file, read(jar, entry))
                            .filter(resource -> Mappings.handles(resource.fhirType()))
                            .forEach(resource -> examples.add(new Example(file, resource)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return examples;
    }

    private static JarFile jar() throws IOException {
        URL list = Objects.requireNonNull(Examples.class.getResource("/spec-json.txt"));
        return new JarFile(
                ((JarURLConnection) list.openConnection()).getJarFile().getName());
    }

    private static String read(JarFile jar, JarEntry entry) throws IOException {
        try (var in = jar.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Stream<Resource> resources(String file, String text) {
        boolean json = file.endsWith(".json");
        var type = (json ? JSON_TYPE : XML_TYPE).matcher(text);
        // In a bundle the type of an entry may stand first, so that one is always read.
        boolean wanted = text.contains("Bundle") || (type.find() && isWanted(type.group(1)));
        return wanted ? flatten(parse(json ? FHIR.newJsonParser() : FHIR.newXmlParser(), text)) : Stream.of();
    }

    private static boolean isWanted(String type) {
        return Mappings.handles(type) || type.equals("Parameters");
    }

    /** Some files of the specification are no legal FHIR, or no FHIR at all; those say nothing about the mappings. */
    private static Resource parse(IParser parser, String text) {
        try {
            return (Resource) parser.parseResource(text);
        } catch (DataFormatException | ClassCastException illegal) {
            return new Parameters();
        }
    }

    private static Stream<Resource> flatten(Resource resource) {
        if (resource instanceof Bundle bundle) {
            return bundle.getEntry().stream()
                    .map(BundleEntryComponent::getResource)
                    .filter(Objects::nonNull)
                    .flatMap(Examples::flatten);
        } else if (resource instanceof Parameters parameters) {
            return parameters.getParameter().stream()
                    .map(Parameters.ParametersParameterComponent::getResource)
                    .filter(Objects::nonNull)
                    .flatMap(Examples::flatten);
        }
        return Stream.of(resource);
    }
}
