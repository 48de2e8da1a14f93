declare module 'asl-validator' {
  interface ValidationError {
    'Error code': string;
    Message: string;
    schemaError?: { instancePath: string; schemaPath: string };
  }
  function validate(
    definition: Record<string, unknown>,
    options: { checkPaths: boolean; checkArn: boolean },
  ): { isValid: boolean; errors: ValidationError[] };
  export = validate;
}
