// A client of npm @modelcontextprotocol/sdk, as its own example has it: told an MCP server's URL, a credential and its issuer.
import { readFileSync } from 'node:fs'
import { ClientCredentialsProvider, PrivateKeyJwtProvider } from '@modelcontextprotocol/sdk/client/auth-extensions.js'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'

const { serverUrl, issuer, clientId, clientSecret, privateKey } = JSON.parse(readFileSync(0, 'utf8'))
const authProvider = clientSecret
  ? new ClientCredentialsProvider({ clientId, clientSecret, expectedIssuer: issuer })
  : new PrivateKeyJwtProvider({ clientId, privateKey, algorithm: 'ES256', expectedIssuer: issuer })

const client = new Client({ name: 'orders-client', version: '1.0.0' }, { capabilities: {} })
const transport = new StreamableHTTPClientTransport(new URL(serverUrl), { authProvider })
await client.connect(transport)
const result = await client.callTool({ name: 'whoami', arguments: {} })
console.log(result.content[0].text)
await transport.close()
