package org.holovitals.server.texts;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;

/** Cuts a row out of a page, with a margin, for whoever compares it with what was read. */
final class Clipping {
    /** Points of an inch at which a page of a PDF is drawn. */
    static final int RESOLUTION = 200;

    private static final int WIDEST = 1600;
    private static final int HIGHEST = 1600;
    private static final double LEAST_MARGIN = 0.01;
    private static final double SIDE_MARGIN = 0.02;

    private final Limits limits;

    Clipping(Limits limits) {
        this.limits = limits;
    }

    /** A picture as a PNG, of 1600 by 1600 points at the most. */
    byte[] png(String type, byte[] file, Place place) throws IOException, Unreadable {
        BufferedImage part =
                switch (type) {
                    case "application/pdf" -> PdfPages.part(file, place, limits);
                    case "image/png", "image/jpeg", "image/tiff" -> ImagePages.part(file, place, limits);
                    default -> throw new Unreadable(Failure.NO_PICTURE);
                };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(bounded(part), "png", out)) {
            throw new Unreadable(Failure.NO_PICTURE);
        }
        return out.toByteArray();
    }

    /** The points of a picture of this size that are to be seen; a box that lies outside of it is no way to see more. */
    static Rectangle within(int width, int height, List<Double> box) {
        Rectangle whole = new Rectangle(0, 0, width, height);
        if (box.isEmpty()) {
            return whole;
        }
        double margin = Math.max(LEAST_MARGIN, box.get(3));
        double left = (box.get(0) - SIDE_MARGIN) * width;
        double top = (box.get(1) - margin) * height;
        double right = (box.get(0) + box.get(2) + SIDE_MARGIN) * width;
        double bottom = (box.get(1) + box.get(3) + margin) * height;
        Rectangle wanted =
                new Rectangle((int) left, (int) top, (int) Math.ceil(right - left), (int) Math.ceil(bottom - top));
        Rectangle part = whole.intersection(wanted);
        return part.isEmpty() ? whole : part;
    }

    private static BufferedImage bounded(BufferedImage part) {
        double factor = Math.min(1, Math.min((double) WIDEST / part.getWidth(), (double) HIGHEST / part.getHeight()));
        int width = Math.max(1, (int) Math.round(part.getWidth() * factor));
        int height = Math.max(1, (int) Math.round(part.getHeight() * factor));
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = small.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        pen.drawImage(part, 0, 0, width, height, Color.WHITE, null);
        pen.dispose();
        return small;
    }
}
