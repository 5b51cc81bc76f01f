import { InspectionRequest } from "@rampart/inspection/request";
