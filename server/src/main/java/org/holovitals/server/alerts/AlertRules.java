package org.holovitals.server.alerts;

import java.util.List;

/** All rules of this server. */
record AlertRules(List<AlertWatch> watches) {}
