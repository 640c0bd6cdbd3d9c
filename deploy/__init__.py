"""Makes what an operator deploys: one reproducible zip, and the CloudFormation template. Never deployed itself."""
