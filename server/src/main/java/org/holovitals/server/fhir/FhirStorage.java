package org.holovitals.server.fhir;

import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How HAPI stores and searches; each departure from its defaults says why. */
@Configuration(proxyBeanMethods = false)
class FhirStorage {

    @Bean
    JpaStorageSettings storageSettings() {
        JpaStorageSettings settings = new JpaStorageSettings();
        identify(settings);
        index(settings);
        search(settings);
        delete(settings);
        bundles(settings);
        return settings;
    }

    private static void identify(JpaStorageSettings settings) {
        // Counted ids can be guessed.
        settings.setResourceServerIdStrategy(JpaStorageSettings.IdStrategyEnum.UUID);
        settings.setResourceClientIdStrategy(JpaStorageSettings.ClientIdStrategyEnum.ANY);
        // Tags, profiles and labels stay in the stored text, which direct reads serve.
        settings.setTagStorageMode(JpaStorageSettings.TagStorageModeEnum.INLINE);
        settings.setStoreMetaSourceInformation(JpaStorageSettings.StoreMetaSourceInformationEnum.SOURCE_URI);
        settings.setWriteToLegacyLobColumns(false);
        settings.setAllowExternalReferences(true);
        settings.setAutoCreatePlaceholderReferenceTargets(false);
    }

    private static void index(JpaStorageSettings settings) {
        // IndexedParameters adds the wanted ones: each indexed parameter costs on every write.
        settings.setAutoSupportDefaultSearchParams(false);
        settings.setDefaultSearchParamsCanBeOverridden(true);
        // A new SearchParameter is indexed for old resources by an explicit $reindex, not behind the operator's back.
        settings.setMarkResourcesForReindexingUponSearchParameterChange(false);
        settings.setSuppressStringIndexingInTokens(true);
        settings.setHibernateSearchIndexFullText(false);
        settings.setIndexIdentifierOfType(true);
    }

    private static void search(JpaStorageSettings settings) {
        // A cached result would show what was true a minute ago.
        settings.setReuseCachedSearchResultsForMillis(null);
        settings.setSearchPreFetchThresholds(List.of(13, 503, 2003, -1));
        settings.setFilterParameterEnabled(true);
        settings.setAllowContainsSearches(true);
        settings.setLastNEnabled(false);
        settings.setExpireSearchResultsAfterMillis(30 * 60 * 1000L);
        // The package of a validator's profile must not come from the network.
        settings.setPreExpandValueSets(true);
        settings.setValidateSearchParameterExpressionsOnSave(true);
    }

    private static void bundles(JpaStorageSettings settings) {
        // What HAPI keeps with a request is not made for the threads among which it would spread a batch.
        settings.setBundleBatchPoolSize(1);
        settings.setBundleBatchMaxPoolSize(1);
    }

    private static void delete(JpaStorageSettings settings) {
        settings.setAllowMultipleDelete(true);
        settings.setExpungeEnabled(true);
        settings.setDeleteExpungeEnabled(true);
        settings.setEnforceReferentialIntegrityOnDelete(true);
        settings.setEnforceReferentialIntegrityOnWrite(true);
    }

    @Bean
    PartitionSettings partitionSettings() {
        return new PartitionSettings();
    }
}
