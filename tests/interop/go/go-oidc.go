// go-oidc, as its README shows: discovery, and a verifier of what the issuer signs.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/coreos/go-oidc"
)

func main() {
	ctx := context.Background()
	provider, err := oidc.NewProvider(ctx, os.Getenv("ISSUER"))
	if err != nil {
		log.Fatal(err)
	}
	verifier := provider.Verifier(&oidc.Config{ClientID: os.Getenv("AUDIENCE")})
	token, err := verifier.Verify(ctx, os.Getenv("ACCESS_TOKEN"))
	if err != nil {
		log.Fatal(err)
	}
	var claims struct {
		ClientID string `json:"client_id"`
	}
	if err := token.Claims(&claims); err != nil {
		log.Fatal(err)
	}
	if provider.Endpoint().TokenURL == "" {
		log.Fatal("no token endpoint")
	}
	fmt.Println(claims.ClientID)
}
