package org.holovitals.server.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.utilities.npm.NpmPackage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the profiles and terminology of FHIR packages from files, for the validator only; never from the network. */
final class ConformancePackages {
    private static final Logger log = LoggerFactory.getLogger(ConformancePackages.class);
    private static final String SETTING = "holovitals.fhir.packages";
    private static final String NOT_WHOLE = "is not a whole FHIR package, a .tgz file that holds package/package.json";
    private static final Pattern WANTED =
            Pattern.compile("\"resourceType\"\\s*:\\s*\"(?:StructureDefinition|ValueSet|CodeSystem)\"");

    private final FhirContext fhir;
    private final PrePopulatedValidationSupport resources;

    private ConformancePackages(FhirContext fhir) {
        this.fhir = fhir;
        resources = new PrePopulatedValidationSupport(fhir);
    }

    /** What the validator can use of the files, or of the {@code .tgz} files in the folders, that are named. */
    static PrePopulatedValidationSupport read(List<String> paths, FhirContext fhir) {
        ConformancePackages packages = new ConformancePackages(fhir);
        for (String path : paths) {
            files(Path.of(path)).forEach(packages::add);
        }
        return packages.resources;
    }

    private static List<Path> files(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.toString().endsWith(".tgz"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw refusal(path, "cannot be listed", e);
        }
    }

    private void add(Path file) {
        NpmPackage read = open(file);
        NpmPackage.NpmPackageFolder folder = read.getFolders().get("package");
        if (folder == null || read.getNpm() == null) {
            throw refusal(file, NOT_WHOLE, null);
        }
        if (!read.fhirVersion().startsWith("4.0")) {
            throw refusal(file, "is for FHIR " + read.fhirVersion() + "; this server speaks R4, 4.0.1", null);
        }
        long added = folder.listFiles().stream()
                .filter(name -> name.endsWith(".json")
                        && addResource(file, name, folder.getContent().getOrDefault(name, new byte[0])))
                .count();
        log.info("Validating with {} resources of {} {}", added, read.name(), read.version());
    }

    private static NpmPackage open(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return NpmPackage.fromPackage(in);
        } catch (IOException | RuntimeException e) {
            throw refusal(file, Files.isReadable(file) ? NOT_WHOLE : "cannot be read", e);
        }
    }

    private boolean addResource(Path file, String name, byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        if (!WANTED.matcher(text).find()) {
            return false;
        }
        try {
            IParser parser = fhir.newJsonParser();
            // Packages hold what later versions of R4's definitions allow.
            parser.setParserErrorHandler(new LenientErrorHandler(false).disableAllErrors());
            resources.addResource(parser.parseResource(text));
            return true;
        } catch (DataFormatException e) {
            throw refusal(file, "holds " + name + ", which is not an R4 resource", e);
        }
    }

    private static IllegalStateException refusal(Path file, String problem, @Nullable Exception cause) {
        return new IllegalStateException(
                SETTING + ": " + file.toAbsolutePath() + " " + problem, cause instanceof IOException ? null : cause);
    }
}
