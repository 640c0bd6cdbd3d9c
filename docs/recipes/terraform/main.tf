terraform {
  required_version = ">= 1.10"
  required_providers {
    restapi = {
      source  = "Mastercard/restapi"
      version = "~> 3.0"
    }
  }
}

variable "issuer" {
  description = "The URL of the service"
  type        = string
}

variable "manager_id" {
  description = "Client ID of the credential that manages: it has credentials:write and each scope that it gives"
  type        = string
}

variable "manager_secret" {
  description = "Its secret. Ephemeral: neither a plan nor a state has it"
  type        = string
  sensitive   = true
  ephemeral   = true
}

variable "name" {
  description = "What the console shows"
  type        = string
  default     = "Payroll"
}

variable "scopes" {
  type    = list(string)
  default = ["orders:read"]
}

variable "public_key" {
  description = "The program's public key, a JWK with a kid. The program alone has the private one"
  type        = map(string)
}

provider "restapi" {
  uri                  = var.issuer
  id_attribute         = "client_id"
  write_returns_object = true

  oauth_client_credentials {
    oauth_client_id      = var.manager_id
    oauth_client_secret  = var.manager_secret
    oauth_token_endpoint = "${var.issuer}/oauth/token"
    endpoint_params      = { resource = var.issuer }
  }
}

locals {
  # What a PATCH may change. A key is changed by a new credential.
  editable = {
    name        = var.name
    description = "Managed by Terraform"
    scopes      = var.scopes
  }
  key = {
    jwks = { keys = [var.public_key] }
  }
}

resource "restapi_object" "credential" {
  path                    = "/v1/credentials"
  data                    = jsonencode(merge(local.editable, local.key))
  update_method           = "PATCH"
  update_data             = jsonencode(local.editable)
  destroy_method          = "POST"
  destroy_path            = "/v1/credentials/{id}/revoke"
  force_new               = ["jwks"]
  ignore_changes_to       = ["jwks"]
  ignore_server_additions = true

  lifecycle {
    create_before_destroy = true
    postcondition {
      condition     = self.api_data["status"] == "active"
      error_message = "The credential is not active. To make another: terraform apply -replace=restapi_object.credential"
    }
  }
}

output "client_id" {
  value = restapi_object.credential.id
}
