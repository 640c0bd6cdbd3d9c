// npm @modelcontextprotocol/sdk: how a client of an MCP server gets its token with client credentials.
import assert from 'node:assert/strict'
import { auth, discoverAuthorizationServerMetadata } from '@modelcontextprotocol/sdk/client/auth.js'
import { ClientCredentialsProvider } from '@modelcontextprotocol/sdk/client/auth-extensions.js'
import { asked, createCredential } from './credential.mjs'

const created = await createCredential({ name: 'MCP', scopes: ['orders:read'] })
const metadata = await discoverAuthorizationServerMetadata(asked.issuer)
assert.equal(metadata.authorization_endpoint, asked.authorizationEndpoint)
const provider = new ClientCredentialsProvider({
  clientId: created.client_id,
  clientSecret: created.client_secret,
  expectedIssuer: asked.issuer,
})
assert.equal(await auth(provider, { serverUrl: asked.issuer }), 'AUTHORIZED')
assert.equal(provider.tokens().scope, 'orders:read')

console.log('done')
