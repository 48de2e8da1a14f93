/**
 * AWS list prices in US dollars, us-east-1, without free tiers: aws.amazon.com/{step-functions,dynamodb,lambda,
 * api-gateway,ses}/pricing, as they were in 2025.
 */
export const prices = {
  /** Step Functions, Standard workflows: one state transition */
  transition: 25 / 1e6,
  /** DynamoDB on demand: one write of up to 1 KB, in a transaction two of them */
  write: 0.625 / 1e6,
  /** DynamoDB on demand: one read of up to 4 KB, strongly consistent */
  read: 0.125 / 1e6,
  lambdaCall: 0.2 / 1e6,
  /** one gigabyte for one second on arm64 */
  gigabyteSecond: 0.0000133334,
  httpCall: 1 / 1e6,
  mail: 0.1 / 1e3,
} as const;
