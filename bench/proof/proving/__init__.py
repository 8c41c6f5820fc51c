"""What the broker proofs share. Import `environment` first: it provides the Kafka client."""
