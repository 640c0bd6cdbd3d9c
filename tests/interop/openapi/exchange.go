// openapi-generator's client in Go, as its README shows.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	openapi "github.com/GIT_USER_ID/GIT_REPO_ID"
)

func main() {
	client := openapi.NewAPIClient(openapi.NewConfiguration())
	console := context.WithValue(context.Background(), openapi.ContextAccessToken, os.Getenv("CONSOLE_TOKEN"))

	created, _, err := client.CredentialsAPI.CreateCredential(console).
		CredentialRequest(*openapi.NewCredentialRequest("go")).Execute()
	if err != nil {
		log.Fatal(err)
	}
	basic := context.WithValue(context.Background(), openapi.ContextBasicAuth, openapi.BasicAuth{
		UserName: created.ClientId,
		Password: created.GetClientSecret(),
	})
	issued, _, err := client.OAuthAPI.IssueToken(basic).GrantType("client_credentials").Execute()
	if err != nil {
		log.Fatal(err)
	}
	token := context.WithValue(context.Background(), openapi.ContextAccessToken, issued.AccessToken)
	me, _, err := client.ProtectedResourceAPI.Whoami(token).Execute()
	if err != nil {
		log.Fatal(err)
	}
	if me.ClientId != created.ClientId {
		log.Fatal(me)
	}
	if _, _, err = client.CredentialsAPI.ListCredentials(console).Execute(); err != nil {
		log.Fatal(err)
	}
	fmt.Println("done")
}
