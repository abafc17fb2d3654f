// What users' programs do with fhirclient and fhir-kit-client, unchanged: prints one line of JSON.
const assert = require('node:assert/strict')
const Client = require('fhirclient/lib/Client').default

const [base, token, patient] = process.argv.slice(2)

async function smartJavaScriptClient () {
  const client = new Client({}, { serverUrl: base, tokenResponse: { access_token: token, patient } })
  const read = await client.patient.read()
  const all = await client.request(`Observation?patient=${patient}&_count=2`, { pageLimit: 0, flat: true })
  const resolved = await client.request(`Observation/${all[0].id}`, { resolveReferences: 'subject' })
  const created = await client.create({
    resourceType: 'Observation', status: 'final', code: { text: 'by fhirclient' }, subject: { reference: `Patient/${patient}` }
  })
  const updated = await client.update({ ...created, status: 'amended' })
  const patched = await client.patch(`Observation/${created.id}`, [{ op: 'replace', path: '/status', value: 'corrected' }])
  await client.delete(`Observation/${created.id}`)
  const gone = await client.request(`Observation/${created.id}`).then(() => 200, problem => problem.status)
  return {
    read: read.id, pages: all.length, resolved: resolved.subject.id || resolved.subject.reference, version: updated.meta.versionId,
    patched: patched.status, gone
  }
}

async function fhirKitClient () {
  const { Client: Kit } = await import('fhir-kit-client')
  const kit = new Kit({ baseUrl: base, bearerToken: token })
  const statement = await kit.capabilityStatement()
  const smart = await kit.smartAuthMetadata()
  const first = await kit.search({ resourceType: 'Observation', searchParams: { patient, _count: 2 } })
  const next = await kit.nextPage({ bundle: first })
  const posted = await kit.search({
    resourceType: 'Observation', searchParams: { patient }, options: { postSearch: true }
  })
  const created = await kit.create({
    resourceType: 'Observation',
    body: { resourceType: 'Observation', status: 'final', code: { text: 'by the kit' }, subject: { reference: `Patient/${patient}` } }
  })
  const updated = await kit.update({ resourceType: 'Observation', id: created.id, body: { ...created, status: 'amended' } })
  const patched = await kit.patch({
    resourceType: 'Observation', id: created.id, jsonPatch: [{ op: 'replace', path: '/status', value: 'corrected' }]
  })
  const versions = await kit.resourceHistory({ resourceType: 'Observation', id: created.id })
  const batch = await kit.batch({
    body: { resourceType: 'Bundle', type: 'batch', entry: [{ request: { method: 'GET', url: `Patient/${patient}` } }] }
  })
  const everything = await kit.operation({ name: '$everything', resourceType: 'Patient', id: patient, method: 'GET' })
  await kit.delete({ resourceType: 'Observation', id: created.id })
  const unknown = await kit.read({ resourceType: 'Patient', id: 'nobody' }).then(() => 200, problem => problem.response.status)
  return {
    version: statement.fhirVersion, token: smart.tokenUrl.href, first: first.entry.length, next: next.entry.length,
    posted: posted.total, updated: updated.meta.versionId, patched: patched.status, versions: versions.entry.length,
    batch: batch.entry[0].response.status, everything: everything.entry.length, unknown
  }
}

(async () => {
  assert.ok(base && token && patient)
  const answer = { fhirclient: await smartJavaScriptClient(), kit: await fhirKitClient() }
  process.stdout.write(JSON.stringify(answer) + '\n')
})().catch(problem => {
  process.stderr.write((problem.stack || problem) + '\n' + JSON.stringify(problem.response || {}) + '\n')
  process.exit(1)
})
