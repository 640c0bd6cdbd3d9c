// An MCP server of npm @modelcontextprotocol/sdk, which takes access tokens of ours: ISSUER, and its own URL RESOURCE, are told.
import { discoverAuthorizationServerMetadata } from '@modelcontextprotocol/sdk/client/auth.js'
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js'
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js'
import { getOAuthProtectedResourceMetadataUrl, mcpAuthMetadataRouter } from '@modelcontextprotocol/sdk/server/auth/router.js'
import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import { createRemoteJWKSet, jwtVerify } from 'jose'

const { ISSUER, RESOURCE } = process.env
const resourceServerUrl = new URL(RESOURCE)
const keys = createRemoteJWKSet(new URL(`${ISSUER}/.well-known/jwks.json`))
const scopes = ['orders:read']

async function verifyAccessToken(token) {
  const options = { issuer: ISSUER, audience: RESOURCE, typ: 'at+jwt' }
  const { payload } = await jwtVerify(token, keys, options).catch((error) => {
    throw new InvalidTokenError(error.code)
  })
  return {
    token,
    clientId: payload.client_id,
    scopes: payload.scope.split(' '),
    expiresAt: payload.exp,
    resource: new URL(payload.aud),
  }
}

const app = createMcpExpressApp()
app.use(
  mcpAuthMetadataRouter({
    oauthMetadata: await discoverAuthorizationServerMetadata(ISSUER),
    resourceServerUrl,
    scopesSupported: scopes,
  }),
)
const authorized = requireBearerAuth({
  verifier: { verifyAccessToken },
  requiredScopes: scopes,
  resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(resourceServerUrl),
  expectedResource: resourceServerUrl,
})
app.post('/mcp', authorized, async (request, response) => {
  const server = new McpServer({ name: 'orders', version: '1.0.0' })
  server.registerTool('whoami', { description: 'The client that calls.' }, ({ authInfo }) => ({
    content: [{ type: 'text', text: authInfo.clientId }],
  }))
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined })
  response.on('close', () => server.close())
  await server.connect(transport)
  await transport.handleRequest(request, response, request.body)
})
app.get('/mcp', authorized, (_request, response) => response.sendStatus(405))
app.listen(Number(resourceServerUrl.port), '127.0.0.1')
