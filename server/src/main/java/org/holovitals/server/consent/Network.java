package org.holovitals.server.consent;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network of addresses (CIDR); a single address is a network of its own. An IPv4 address that comes mapped into IPv6
 * is the IPv4 address.
 *
 * @param prefix how many leading bits count
 */
record Network(InetAddress address, int prefix) {
    private static final int MAPPED_BITS = 96;
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    /** Nothing that this lets pass is looked up as a name: IPv6 has a colon, and IPv4 is complete. */
    private static final Pattern NETWORK =
            Pattern.compile("((?:" + OCTET + "\\.){3}" + OCTET + "|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:/(\\d{1,3}))?");

    static Optional<Network> parse(String text) {
        Matcher given = NETWORK.matcher(text);
        if (!given.matches()) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.getByName(given.group(1));
            int bits = address.getAddress().length * 8;
            int written = given.group(1).contains(":") ? 128 : 32;
            int prefix = given.group(2) == null ? written : Integer.parseInt(given.group(2));
            int counted = bits < written ? prefix - MAPPED_BITS : prefix;
            return counted < 0 || counted > bits ? Optional.empty() : Optional.of(new Network(address, counted));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress other) {
        byte[] ours = address.getAddress();
        byte[] theirs = other.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((ours[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefix;
    }
}
