package org.holovitals.server.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.dao.data.IResourceSearchUrlDao;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.dao.JpaPid;
import ca.uhn.fhir.jpa.model.entity.ResourceSearchUrlEntity;
import ca.uhn.fhir.jpa.model.entity.ResourceTable;
import ca.uhn.fhir.jpa.search.ResourceSearchUrlSvc;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import org.holovitals.server.base.Sha256;

/**
 * HAPI's record of the conditions under which resources were made, whose uniqueness stops two writers at once from
 * making two of them. HAPI forgets a condition when its resource is updated; a writer that had looked before the
 * resource was there, and comes to write after the update, would then make a second one. Here only age makes forget.
 * A condition is kept as its hash, which is as unique: the condition itself can name a patient.
 */
class ConditionalUrls extends ResourceSearchUrlSvc {
    private final EntityManager entities;
    private final MatchUrlService conditions;
    private final FhirContext fhir;

    ConditionalUrls(
            EntityManager entities,
            IResourceSearchUrlDao table,
            MatchUrlService conditions,
            FhirContext fhir,
            PartitionSettings partitions) {
        super(entities, table, conditions, fhir, partitions);
        this.entities = entities;
        this.conditions = conditions;
        this.fhir = fhir;
    }

    @Override
    public void enforceMatchUrlResourceUniqueness(String type, String condition, ResourceTable resource) {
        String normalized = conditions
                .translateMatchUrl(condition, fhir.getResourceDefinition(type))
                .toNormalizedQueryString();
        entities.persist(ResourceSearchUrlEntity.from(type + "?" + Sha256.hex(normalized), resource, false));
    }

    /** Called when resources are updated. */
    @Override
    public void deleteByResIds(Collection<JpaPid> updated) {
        // ConditionalUrlsJob forgets them.
    }
}
