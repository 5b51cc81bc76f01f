export { decidePassword } from "./decide-password.ts";
export { permissionsOf } from "./role-permissions.ts";
