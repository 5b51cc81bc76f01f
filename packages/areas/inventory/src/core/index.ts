export { haveContainersChanged } from "./have-containers-changed.ts";
export { readImageReference } from "./image-reference.ts";
export { imageDigest, imageName, namesOnly } from "./image-name.ts";
export { readLabelFilter, type LabelFilter } from "./label-filter.ts";
export { containsPattern, likePattern } from "./like-pattern.ts";
export { lookupName } from "./lookup-name.ts";
