// npm oauth4webapi, all its checks on; plain HTTP is allowed, since the service is on this machine.
import assert from 'node:assert/strict'
import * as oauth from 'oauth4webapi'
import { asked, createCredential } from './credential.mjs'

const http = { [oauth.allowInsecureRequests]: true }
const issuer = new URL(asked.issuer)
const server = await oauth.processDiscoveryResponse(
  issuer,
  await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...http }),
)

async function clientFor(method, scopes) {
  if (method === 'private_key_jwt') {
    const keys = await oauth.generateKeyPair(asked.algorithm, { extractable: true })
    const jwks = { keys: [await crypto.subtle.exportKey('jwk', keys.publicKey)] }
    delete jwks.keys[0].ext
    const { client_id } = await createCredential({ name: 'oauth4webapi', scopes, jwks })
    return [{ client_id }, oauth.PrivateKeyJwt(keys.privateKey)]
  }
  const created = await createCredential({ name: 'oauth4webapi', scopes, token_endpoint_auth_method: method })
  const Authentication = { client_secret_basic: oauth.ClientSecretBasic, client_secret_post: oauth.ClientSecretPost }
  return [{ client_id: created.client_id }, Authentication[method](created.client_secret)]
}

const [client, authentication] = await clientFor(asked.method, ['orders:read', 'orders:write'])
const [introspector, introspectorAuthentication] = await clientFor(asked.method, ['introspect'])
const DPoP = asked.dpop ? oauth.DPoP(client, await oauth.generateKeyPair(asked.algorithm)) : undefined

const token = await oauth.processClientCredentialsResponse(
  server,
  client,
  await oauth.clientCredentialsGrantRequest(
    server,
    client,
    authentication,
    { scope: 'orders:read', resource: asked.audience },
    { DPoP, ...http },
  ),
)
assert.equal(token.token_type, asked.dpop ? 'dpop' : 'bearer')
assert.equal(token.scope, 'orders:read')

// The resource server's own check of the very request that goes out, before the service sees it.
async function checkedFetch(url, init) {
  const request = new Request(url, { method: init.method, headers: init.headers })
  const claims = await oauth.validateJwtAccessToken(server, request, asked.audience, {
    ...http,
    requireDPoP: asked.dpop,
  })
  assert.equal(claims.client_id, client.client_id)
  return fetch(url, init)
}

function whoami() {
  return oauth.protectedResourceRequest(
    token.access_token,
    'GET',
    new URL(`${asked.issuer}/v1/whoami`),
    undefined,
    undefined,
    { DPoP, [oauth.customFetch]: checkedFetch, ...http },
  )
}

async function introspect() {
  const response = await oauth.introspectionRequest(
    server,
    introspector,
    introspectorAuthentication,
    token.access_token,
    http,
  )
  return oauth.processIntrospectionResponse(server, introspector, response)
}

const answer = await whoami()
assert.equal((await answer.json()).client_id, client.client_id)

const active = await introspect()
assert.equal(active.active, true)
assert.equal(active.client_id, client.client_id)
assert.equal(Boolean(active.cnf?.jkt), asked.dpop)

await oauth.processRevocationResponse(
  await oauth.revocationRequest(server, client, authentication, token.access_token, http),
)
assert.deepEqual(await introspect(), { active: false })
await assert.rejects(whoami(), (error) => error instanceof oauth.WWWAuthenticateChallengeError && error.status === 401)

console.log('done')
