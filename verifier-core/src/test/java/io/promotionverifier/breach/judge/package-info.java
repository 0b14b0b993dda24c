/** Classes that break the walls of the core, so that the walls are seen to fall. Imported by their test only. */
@NullMarked
package io.promotionverifier.breach.judge;

import org.jspecify.annotations.NullMarked;
