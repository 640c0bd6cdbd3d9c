// npm openid-client, all its checks on; plain HTTP is allowed, since the service is on this machine.
import assert from 'node:assert/strict'
import * as client from 'openid-client'
import { asked, createCredential } from './credential.mjs'

async function configure(method, scopes) {
  const options = { execute: [client.allowInsecureRequests] }
  const [id, authentication] = await register(method, scopes)
  return client.discovery(new URL(asked.issuer), id, undefined, authentication, options)
}

async function register(method, scopes) {
  if (method === 'private_key_jwt') {
    const keys = await client.randomDPoPKeyPair(asked.algorithm, { extractable: true })
    const jwks = { keys: [await crypto.subtle.exportKey('jwk', keys.publicKey)] }
    const { client_id } = await createCredential({ name: 'openid-client', scopes, jwks, ...asked.fields })
    return [client_id, client.PrivateKeyJwt(keys.privateKey)]
  }
  const created = await createCredential({ name: 'openid-client', scopes, token_endpoint_auth_method: method })
  const Authentication = { client_secret_basic: client.ClientSecretBasic, client_secret_post: client.ClientSecretPost }
  return [created.client_id, Authentication[method](created.client_secret)]
}

const config = await configure(asked.method, ['orders:read', 'orders:write'])
const introspector = await configure(asked.method, ['introspect'])
const DPoP = asked.dpop ? client.getDPoPHandle(config, await client.randomDPoPKeyPair(asked.algorithm)) : undefined
const parameters = { scope: 'orders:read', resource: asked.audience }
const token = await client.clientCredentialsGrant(config, parameters, { DPoP })
assert.equal(token.token_type, asked.dpop ? 'dpop' : 'bearer')
assert.equal(token.scope, 'orders:read')

const url = new URL(`${asked.issuer}/v1/whoami`)
function whoami() {
  return client.fetchProtectedResource(config, token.access_token, url, 'GET', undefined, undefined, { DPoP })
}

const answer = await whoami()
assert.equal((await answer.json()).client_id, config.clientMetadata().client_id)
const active = await client.tokenIntrospection(introspector, token.access_token)
assert.equal(active.active, true)
assert.equal(active.client_id, config.clientMetadata().client_id)
assert.equal(Boolean(active.cnf?.jkt), asked.dpop)
await client.tokenRevocation(config, token.access_token)
assert.deepEqual(await client.tokenIntrospection(introspector, token.access_token), { active: false })
await assert.rejects(whoami(), (error) => error instanceof client.WWWAuthenticateChallengeError && error.status === 401)

console.log('done')
