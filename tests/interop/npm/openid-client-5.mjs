// npm openid-client 5, called as its own README calls it.
import assert from 'node:assert/strict'
import { Issuer } from 'openid-client-5'
import { asked, createCredential } from './credential.mjs'

const created = await createCredential({ name: 'openid-client 5', scopes: ['orders:read'] })
const issuer = await Issuer.discover(asked.issuer)
const client = new issuer.Client({ client_id: created.client_id, client_secret: created.client_secret })
const tokenSet = await client.grant({ resource: asked.audience, grant_type: 'client_credentials' })
assert.equal(tokenSet.scope, 'orders:read')
assert.equal((await client.introspect(tokenSet.access_token).catch((error) => error)).error, 'unauthorized_client')
await client.revoke(tokenSet.access_token)

console.log('done')
