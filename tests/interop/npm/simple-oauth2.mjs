// npm simple-oauth2, as its own documentation calls it, against the endpoint that its configuration names.
import assert from 'node:assert/strict'
import { ClientCredentials } from 'simple-oauth2'
import { asked, createCredential } from './credential.mjs'

const credential = await createCredential({ name: 'simple-oauth2', scopes: ['orders:read', 'orders:write'] })
const client = new ClientCredentials({
  client: { id: credential.client_id, secret: credential.client_secret },
  auth: { tokenHost: asked.issuer, tokenPath: asked.tokenPath },
  options: { bodyFormat: asked.bodyFormat, authorizationMethod: asked.authorizationMethod },
})
const { token } = await client.getToken({ scope: 'orders:read' })
assert.equal(token.token_type, 'Bearer')
assert.equal(token.expires_in, 900)
assert.equal(token.scope, 'orders:read')

const headers = { authorization: `Bearer ${token.access_token}` }
const answer = await fetch(`${asked.issuer}/v1/whoami`, { headers })
assert.equal((await answer.json()).client_id, credential.client_id)

console.log('done')
