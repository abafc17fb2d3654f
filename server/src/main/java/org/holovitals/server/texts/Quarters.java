package org.holovitals.server.texts;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * How an image is turned to be upright.
 *
 * @param count quarters, clockwise
 * @param formerWidth points, before
 * @param formerHeight points, before
 */
record Quarters(int count, int formerWidth, int formerHeight) {
    private boolean isSideways() {
        return count % 2 == 1;
    }

    int width() {
        return isSideways() ? formerHeight : formerWidth;
    }

    int height() {
        return isSideways() ? formerWidth : formerHeight;
    }

    /** Where a part of the upright image stood before. */
    Rectangle back(Rectangle part) {
        int right = width() - part.x - part.width;
        int below = height() - part.y - part.height;
        return switch (count) {
            case 1 -> new Rectangle(part.y, right, part.height, part.width);
            case 2 -> new Rectangle(right, below, part.width, part.height);
            case 3 -> new Rectangle(below, part.x, part.height, part.width);
            default -> part;
        };
    }

    /** Where a box of the former image stands in the upright one: left, top, width and height, as fractions. */
    List<Double> turned(List<Double> box) {
        if (count == 0 || box.isEmpty()) {
            return box;
        }
        double right = 1 - box.get(0) - box.get(2);
        double below = 1 - box.get(1) - box.get(3);
        return switch (count) {
            case 1 -> List.of(below, box.get(0), box.get(3), box.get(2));
            case 2 -> List.of(right, below, box.get(2), box.get(3));
            default -> List.of(box.get(1), right, box.get(3), box.get(2));
        };
    }

    /** A part as it stood before, turned. */
    BufferedImage upright(BufferedImage part) {
        if (count == 0) {
            return part;
        }
        int width = isSideways() ? part.getHeight() : part.getWidth();
        int height = isSideways() ? part.getWidth() : part.getHeight();
        BufferedImage turned = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = turned.createGraphics();
        AffineTransform turn = AffineTransform.getTranslateInstance(width / 2.0, height / 2.0);
        turn.quadrantRotate(count);
        turn.translate(-part.getWidth() / 2.0, -part.getHeight() / 2.0);
        pen.drawImage(part, turn, null);
        pen.dispose();
        return turned;
    }
}
