package org.holovitals.server.recording;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.IdType;

/** Who is in a FHIR Group. */
final class GroupMembers {
    private final DaoRegistry daos;

    GroupMembers(DaoRegistry daos) {
        this.daos = daos;
    }

    /** The FHIR ids of the patients in it; none when there is no such group. */
    Set<String> of(String group) {
        try {
            return daos
                    .getResourceDao(Group.class)
                    .read(new IdType("Group", new IdType(group).getIdPart()), new SystemRequestDetails())
                    .getMember()
                    .stream()
                    .map(member -> member.getEntity().getReferenceElement())
                    .filter(entity -> "Patient".equals(entity.getResourceType()))
                    .map(entity -> entity.getIdPart())
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
        } catch (ResourceNotFoundException | ResourceGoneException e) {
            return Set.of();
        }
    }
}
