package org.holovitals.server.texts;

import static org.bytedeco.leptonica.global.leptonica.boxaDestroy;
import static org.bytedeco.leptonica.global.leptonica.boxaGetBoxGeometry;
import static org.bytedeco.leptonica.global.leptonica.boxaGetCount;
import static org.bytedeco.leptonica.global.leptonica.pixConnCompBB;

import java.util.Arrays;
import org.bytedeco.leptonica.BOXA;
import org.bytedeco.leptonica.PIX;

/** Measures letters: how an image was taken is often not said in it, or wrongly. */
final class Letters {
    private static final int MOST = 20_000;
    private static final int FEWEST = 30;
    private static final int LOWEST = 6;
    private static final int HIGHEST = 200;
    private static final int EIGHT_NEIGHBOURS = 8;

    private Letters() {}

    /** Points that letters and digits are high, half of them higher and half lower; 0 where there are too few to tell. */
    static double height(PIX ink) {
        BOXA boxes = pixConnCompBB(ink, EIGHT_NEIGHBOURS);
        if (boxes == null || boxes.isNull()) {
            return 0;
        }
        try {
            int count = Math.min(MOST, boxaGetCount(boxes));
            int[] place = new int[1];
            int[] height = new int[1];
            int[] width = new int[1];
            int[] heights = new int[count];
            int found = 0;
            for (int i = 0; i < count; i++) {
                boxaGetBoxGeometry(boxes, i, place, place, width, height);
                boolean isLetter = height[0] >= LOWEST && height[0] <= HIGHEST && width[0] <= 2 * height[0];
                heights[found] = height[0];
                found += isLetter ? 1 : 0;
            }
            Arrays.sort(heights, 0, found);
            return found < FEWEST ? 0 : heights[found / 2];
        } finally {
            boxaDestroy(boxes);
        }
    }
}
