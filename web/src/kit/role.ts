import type { Role } from "@/api/types/session";
import { m } from "@/paraglide/messages";

/** Every role in the order of the user interface. */
export const roles: Role[] = ["leader", "officer", "controller", "contributor", "member", "viewer", "admin"];

const names: Record<Role, [name: () => string, text: () => string]> = {
  leader: [m.auth_role_leader, m.auth_role_leader_text],
  officer: [m.auth_role_officer, m.auth_role_officer_text],
  controller: [m.auth_role_controller, m.auth_role_controller_text],
  contributor: [m.auth_role_contributor, m.auth_role_contributor_text],
  member: [m.auth_role_member, m.auth_role_member_text],
  viewer: [m.auth_role_viewer, m.auth_role_viewer_text],
  admin: [m.auth_role_admin, m.auth_role_admin_text],
};

/** The name of a role. */
export const roleName = (role: Role): string => names[role][0]();

/** What a role is for, in one line. */
export const roleText = (role: Role): string => names[role][1]();
