export { enrolmentCommand, type Invitation } from "./enrolment-command.ts";
