package org.holovitals.server.intake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Puts resources into an order in which each comes after those to which it refers, and those that refer to each other in a circle
 * come together (Tarjan's strongly connected components, without recursion: a file may be one long chain).
 */
final class Turns {
    private final List<int[]> edges;
    private final int[] index;
    private final int[] low;
    private final boolean[] onStack;
    private final Deque<Integer> stack = new ArrayDeque<>();
    private final List<List<Integer>> components = new ArrayList<>();
    private int next;

    private Turns(List<int[]> edges) {
        this.edges = edges;
        this.index = new int[edges.size()];
        this.low = new int[edges.size()];
        this.onStack = new boolean[edges.size()];
        Arrays.fill(index, -1);
    }

    /**
     * Groups of about a size, each after those to which its members refer; a circle stays in one group.
     *
     * @param edges by number of a resource, the numbers of those to which it refers
     */
    static List<List<Integer>> of(List<int[]> edges, int size) {
        Turns turns = new Turns(edges);
        for (int node = 0; node < edges.size(); node++) {
            if (turns.index[node] < 0) {
                turns.visit(node);
            }
        }
        return pack(turns.components, size);
    }

    private static List<List<Integer>> pack(List<List<Integer>> components, int size) {
        List<List<Integer>> groups = new ArrayList<>();
        List<Integer> group = new ArrayList<>();
        for (List<Integer> component : components) {
            if (!group.isEmpty() && group.size() + component.size() > size) {
                groups.add(group);
                group = new ArrayList<>();
            }
            group.addAll(component);
        }
        if (!group.isEmpty()) {
            groups.add(group);
        }
        return groups;
    }

    /** A node and how many of its edges are done. */
    private static final class Frame {
        private final int node;
        private int edge;

        Frame(int node) {
            this.node = node;
        }
    }

    private void visit(int root) {
        Deque<Frame> frames = new ArrayDeque<>();
        enter(root, frames);
        while (!frames.isEmpty()) {
            Frame frame = frames.getLast();
            int[] targets = edges.get(frame.node);
            if (frame.edge < targets.length) {
                int target = targets[frame.edge++];
                if (index[target] < 0) {
                    enter(target, frames);
                } else if (onStack[target]) {
                    low[frame.node] = Math.min(low[frame.node], index[target]);
                }
            } else {
                frames.removeLast();
                leave(frame.node, frames);
            }
        }
    }

    private void enter(int node, Deque<Frame> frames) {
        index[node] = next;
        low[node] = next++;
        stack.addLast(node);
        onStack[node] = true;
        frames.addLast(new Frame(node));
    }

    private void leave(int node, Deque<Frame> frames) {
        if (!frames.isEmpty()) {
            int parent = frames.getLast().node;
            low[parent] = Math.min(low[parent], low[node]);
        }
        if (low[node] == index[node]) {
            List<Integer> component = new ArrayList<>();
            int member;
            do {
                member = stack.removeLast();
                onStack[member] = false;
                component.add(member);
            } while (member != node);
            components.add(component);
        }
    }
}
