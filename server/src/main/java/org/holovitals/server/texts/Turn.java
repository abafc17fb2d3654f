package org.holovitals.server.texts;

import java.util.stream.DoubleStream;

/**
 * How an image was turned about its middle, without a change of its size, before it was read.
 *
 * @param width points
 * @param height points
 * @param angle radians, clockwise
 */
record Turn(int width, int height, double angle) {

    /** Around where something stood before: left, top, right and bottom in points, in the image and as the image was. */
    double[] back(double left, double top, double right, double bottom) {
        double[] x = {left, right, left, right};
        double[] y = {top, top, bottom, bottom};
        double[] formerX = new double[x.length];
        double[] formerY = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double fromMiddle = x[i] - width / 2.0;
            double below = y[i] - height / 2.0;
            formerX[i] = width / 2.0 + fromMiddle * Math.cos(angle) + below * Math.sin(angle);
            formerY[i] = height / 2.0 - fromMiddle * Math.sin(angle) + below * Math.cos(angle);
        }
        return new double[] {least(formerX, width), least(formerY, height), most(formerX, width), most(formerY, height)
        };
    }

    private static double least(double[] values, int end) {
        return Math.min(end, Math.max(0, DoubleStream.of(values).min().orElse(0)));
    }

    private static double most(double[] values, int end) {
        return Math.min(end, Math.max(0, DoubleStream.of(values).max().orElse(0)));
    }
}
