package org.holovitals.server.fhir;

/** Marks a bean with HAPI {@code STORAGE_} hooks; they run for every write and search, also of jobs and imports. */
public interface StorageHooks {}
