package dev.deskpost.database;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** For what exists only where the queue is in a PostgreSQL. */
class OnPostgres implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return DatabaseKind.of(context.getEnvironment().getProperty(PostgresUrl.PROPERTY, ""))
                == DatabaseKind.POSTGRESQL;
    }
}
