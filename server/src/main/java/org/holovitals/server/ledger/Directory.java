package org.holovitals.server.ledger;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.ReferenceOrListParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.jspecify.annotations.Nullable;

/** What the stored Practitioners, their roles and Organizations say of those who acted. */
final class Directory {
    private static final String PRACTITIONER = "Practitioner/";

    private final DaoRegistry daos;

    Directory(DaoRegistry daos) {
        this.daos = daos;
    }

    /**
     * A practitioner.
     *
     * @param name null where none is known
     * @param organization where the practitioner works, several with commas between; null where none is known
     */
    record Person(@Nullable String name, @Nullable String organization) {
        static final Person UNKNOWN = new Person(null, null);
    }

    /** Those of some users' resources that are known, by reference; two searches for all. */
    Map<String, Person> of(Collection<String> fhirUsers) {
        Set<String> practitioners = fhirUsers.stream()
                .filter(reference -> reference.startsWith(PRACTITIONER))
                .collect(Collectors.toCollection(TreeSet::new));
        if (practitioners.isEmpty()) {
            return Map.of();
        }
        Map<String, String> names = names(practitioners);
        Map<String, Set<String>> organizations = organizations(practitioners);
        return practitioners.stream()
                .collect(Collectors.toMap(
                        reference -> reference,
                        reference -> new Person(
                                names.get(reference),
                                organizations.containsKey(reference)
                                        ? String.join(", ", organizations.get(reference))
                                        : null)));
    }

    private Map<String, String> names(Set<String> practitioners) {
        TokenOrListParam ids = new TokenOrListParam();
        practitioners.forEach(reference -> ids.add(null, reference.substring(PRACTITIONER.length())));
        Map<String, String> names = new HashMap<>();
        for (IBaseResource found :
                search("Practitioner", SearchParameterMap.newSynchronous().add("_id", ids))) {
            if (found instanceof Practitioner person && person.hasName()) {
                names.put(
                        PRACTITIONER + person.getIdElement().getIdPart(),
                        person.getNameFirstRep().getNameAsSingleString());
            }
        }
        return names;
    }

    private Map<String, Set<String>> organizations(Set<String> practitioners) {
        ReferenceOrListParam references = new ReferenceOrListParam();
        practitioners.forEach(reference -> references.add(new ReferenceParam(reference)));
        SearchParameterMap search = SearchParameterMap.newSynchronous().add("practitioner", references);
        search.addInclude(PractitionerRole.INCLUDE_ORGANIZATION);
        List<IBaseResource> found = search("PractitionerRole", search);
        Map<String, String> names = new HashMap<>();
        for (IBaseResource resource : found) {
            if (resource instanceof Organization organization && organization.hasName()) {
                names.put("Organization/" + organization.getIdElement().getIdPart(), organization.getName());
            }
        }
        Map<String, Set<String>> organizations = new HashMap<>();
        for (IBaseResource resource : found) {
            if (resource instanceof PractitionerRole role && role.hasOrganization()) {
                String name = names.getOrDefault(
                        role.getOrganization().getReference(),
                        role.getOrganization().getDisplay());
                if (name != null) {
                    organizations
                            .computeIfAbsent(role.getPractitioner().getReference(), key -> new TreeSet<>())
                            .add(name);
                }
            }
        }
        return organizations;
    }

    private List<IBaseResource> search(String type, SearchParameterMap search) {
        return daos.getResourceDao(type)
                .search(search, new SystemRequestDetails())
                .getAllResources();
    }
}
