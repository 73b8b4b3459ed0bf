import { errorTree, type Finding } from '../limits/finding.ts';

/** An error as Discord's API answers it: HTTP status, JSON code and message (Opcodes and Status Codes > JSON). */
export class ApiError extends Error {
  readonly status: number;
  readonly code: number;
  readonly findings: readonly Finding[];

  constructor(status: number, code: number, message: string, findings: readonly Finding[] = []) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.findings = findings;
  }

  body(): Readonly<Record<string, unknown>> {
    const errors = this.findings.length > 0 ? { errors: errorTree(this.findings) } : {};
    return { message: this.message, code: this.code, ...errors };
  }
}

export const apiErrors = {
  unauthorized: () => new ApiError(401, 0, '401: Unauthorized'),
  notFound: () => new ApiError(404, 0, '404: Not Found'),
  methodNotAllowed: () => new ApiError(405, 0, '405: Method Not Allowed'),
  unknownChannel: () => new ApiError(404, 10_003, 'Unknown Channel'),
  unknownGuild: () => new ApiError(404, 10_004, 'Unknown Guild'),
  unknownMember: () => new ApiError(404, 10_007, 'Unknown Member'),
  unknownMessage: () => new ApiError(404, 10_008, 'Unknown Message'),
  unknownUser: () => new ApiError(404, 10_013, 'Unknown User'),
  unknownWebhook: () => new ApiError(404, 10_015, 'Unknown Webhook'),
  unknownInteraction: () => new ApiError(404, 10_062, 'Unknown interaction'),
  unknownCommand: () => new ApiError(404, 10_063, 'Unknown application command'),
  tooManyCommands: () => new ApiError(400, 30_032, 'Maximum number of application commands reached (100).'),
  alreadyAcknowledged: () => new ApiError(400, 40_060, 'Interaction has already been acknowledged.'),
  missingAccess: () => new ApiError(403, 50_001, 'Missing Access'),
  notOurs: () => new ApiError(403, 50_005, 'Cannot edit a message authored by another user'),
  emptyMessage: () => new ApiError(400, 50_006, 'Cannot send an empty message'),
  cannotMessageUser: () => new ApiError(403, 50_007, 'Cannot send messages to this user'),
  missingPermissions: () => new ApiError(403, 50_013, 'Missing Permissions'),
  invalidWebhookToken: () => new ApiError(401, 50_027, 'Invalid Webhook Token'),
  invalidForm: (findings: readonly Finding[]) => new ApiError(400, 50_035, 'Invalid Form Body', findings),
  invalidJson: () => new ApiError(400, 50_109, 'The request body contains invalid JSON.'),
  noHistory: () => new ApiError(400, 160_002, 'Cannot reply without permission to read message history'),
  threadExists: () => new ApiError(400, 160_004, 'A thread has already been created for this message'),
} as const;
