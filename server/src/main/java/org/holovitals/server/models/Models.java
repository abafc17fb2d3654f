package org.holovitals.server.models;

import java.util.List;
import java.util.Optional;

/** The models that are set up; none unless somebody did. */
public final class Models {
    private final List<Model> all;

    Models(List<Model> all) {
        this.all = List.copyOf(all);
    }

    /** By their names. */
    public List<Model> all() {
        return all;
    }

    /** The one of a name. */
    public Optional<Model> named(String name) {
        return all.stream().filter(model -> model.name().equals(name)).findFirst();
    }

    /** The first of those that the price list calls so. */
    public Optional<Model> priced(String provider, String model) {
        return all.stream()
                .filter(each -> each.provider().equals(provider) && each.model().equals(model))
                .findFirst();
    }
}
