package org.holovitals.keycloak.provider;

import java.util.Set;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserModel.RequiredAction;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.models.utils.RoleUtils;

/** Has clinicians and administrators set up one-time codes and recovery codes before they get on. */
public final class SecondFactorStep extends Step {
    private static final Set<String> STRONG_ROLES = Set.of("clinician", "admin");

    public SecondFactorStep() {
        super("holovitals-second-factor", "Second factor", "Clinicians and administrators must have a second factor.");
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        UserModel user = context.getUser();
        if (isStrong(user)) {
            require(user, OTPCredentialModel.TYPE, RequiredAction.CONFIGURE_TOTP);
            require(user, RecoveryAuthnCodesCredentialModel.TYPE, RequiredAction.CONFIGURE_RECOVERY_AUTHN_CODES);
        }
        context.success();
    }

    private static boolean isStrong(UserModel user) {
        return RoleUtils.getDeepUserRoleMappings(user).stream()
                .filter(role -> !role.isClientRole())
                .map(RoleModel::getName)
                .anyMatch(STRONG_ROLES::contains);
    }

    private static void require(UserModel user, String credential, RequiredAction action) {
        if (user.credentialManager()
                .getStoredCredentialsByTypeStream(credential)
                .findAny()
                .isEmpty()) {
            user.addRequiredAction(action);
        }
    }
}
