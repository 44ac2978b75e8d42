/** A process of the system, in the order in which they start; they stop in the reverse order. */
export interface ServiceDefinition {
  readonly name: ServiceName;
  /** The file that Node runs, from the top of the repository. */
  readonly entry: string;
  /** Answers 200 once the service can do its work. */
  readonly readyPath: string;
  /** Upper bound of its heap in MB, so that everything together stays below 1.2 GB. */
  readonly heapMb: number;
}

export const SERVICE_NAMES = ['issuer', 'registration', 'assessment', 'notifications', 'audit', 'gateway'] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

export const SERVICES: readonly ServiceDefinition[] = SERVICE_NAMES.map((name) =>
  name === 'issuer'
    ? { name, entry: 'deploy/local/issuer/main.ts', readyPath: '/.well-known/openid-configuration', heapMb: 96 }
    : { name, entry: `dist/apps/${name}/src/main.js`, readyPath: '/health/ready', heapMb: 160 },
);

/** The definition of a service by its name. */
export function serviceDefinition(name: ServiceName): ServiceDefinition {
  const found = SERVICES.find((service) => service.name === name);
  if (found === undefined) throw new Error(`There is no service "${name}".`);
  return found;
}
