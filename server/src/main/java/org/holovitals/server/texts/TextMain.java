package org.holovitals.server.texts;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.holovitals.server.texts.Frames.Frame;
import org.jspecify.annotations.Nullable;

/**
 * The process that reads one file: it comes on the standard input, its pages go to the standard output. The arguments are the
 * file's type, a directory, the limits, and a place when only a picture of that is wanted. It has no secrets, no settings and no network to speak to, and ends by itself when its
 * time is over, also when nobody is left to end it.
 */
public final class TextMain {
    /** How it ends when its time is over. */
    static final int LATE = 4;

    private static final int WITHOUT_PLACE = 5;

    private TextMain() {}

    /** Reads the file. */
    public static void main(String[] arguments) throws IOException {
        List<String> words = Arrays.asList(arguments);
        Limits limits = Limits.of(words.subList(2, words.size()));
        CompletableFuture.delayedExecutor(limits.deadline().toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> Runtime.getRuntime().halt(LATE));
        OutputStream pages = new FileOutputStream(FileDescriptor.out);
        // A library that logs would talk between the frames.
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        // A copy on the disk would be in the clear.
        ImageIO.setUseCache(false);
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(pages))) {
            Frames.write(out, Frame.end(read(words, limits, out)));
        }
    }

    /** The failure, or null. */
    private static @Nullable Failure read(List<String> words, Limits limits, DataOutputStream out) {
        try (Ocr ocr = new Ocr(Path.of(words.get(1)), limits)) {
            byte[] file = System.in.readAllBytes();
            if (words.size() > WITHOUT_PLACE) {
                Place place = Place.of(words.subList(WITHOUT_PLACE, words.size()));
                Frames.write(out, Frame.picture(new Clipping(limits).png(words.get(0), file, place)));
            } else {
                reading(words.get(0), limits, ocr)
                        .read(file, (page, of) -> Frames.write(out, Frame.page(checked(page), of)));
            }
            return null;
        } catch (Unreadable e) {
            return e.failure();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // What libraries throw at a file that is not as it should be.
            return Failure.BROKEN;
        }
    }

    private static FileReading reading(String type, Limits limits, Ocr ocr) {
        return switch (type) {
            case "application/pdf" -> new PdfPages(limits, ocr);
            case "text/plain" -> new PlainText();
            case "text/html" -> new HtmlText();
            case "application/rtf", "text/rtf" -> new RichText();
            case "application/xml" -> new ClinicalText(other -> reading(other, limits, ocr));
            case "application/fhir+json" -> new FhirText(false);
            case "application/fhir+xml" -> new FhirText(true);
            default -> new ImagePages(limits, ocr);
        };
    }

    /** A page that is not too long to be kept. */
    static PageText checked(PageText page) throws Unreadable {
        if (page.text().length() > Limits.CHARACTERS) {
            throw new Unreadable(Failure.TOO_COMPLEX);
        }
        return page;
    }
}
